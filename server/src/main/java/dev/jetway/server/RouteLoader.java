package dev.jetway.server;

import dev.jetway.cgi.Dialect;
import dev.jetway.cgi.Route;
import dev.jetway.cgi.RoutePattern;
import dev.jetway.server.LoadState.Loaded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All routes at the start: their modules loaded, several at once, or left for the first request. A
 * bad one breaks its own routes only.
 */
final class RouteLoader {
    private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);

    private final ProgramLoader loader;
    private final LoadQueue queue;

    RouteLoader(ProgramLoader loader, LoadQueue queue) {
        this.loader = loader;
        this.queue = queue;
    }

    /**
     * In the order of the routes, each followed by those that its module declares; returns when
     * those that are to be loaded are, well or not.
     *
     * @param all whether every module is to be loaded now; else only those that may declare routes
     */
    List<RouteProgram> load(List<Route> routes, boolean all) throws InterruptedException {
        var programs = routes.stream().map(r -> new RouteProgram(r, loader, queue)).toList();
        var loads = new ArrayList<CompletableFuture<LoadState>>();
        for (RouteProgram program : programs) {
            // Requests below such a route cannot be told from others before it has been asked.
            if (all || program.route().rules().dialect() == Dialect.WAGI) {
                loads.add(program.load());
            }
        }
        for (CompletableFuture<LoadState> load : loads) {
            finish(load);
        }
        return withDeclared(programs);
    }

    private static void finish(CompletableFuture<LoadState> load) throws InterruptedException {
        try {
            load.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a module could not be loaded", e.getCause());
        }
    }

    /** Where a route answers. */
    private record Address(String site, RoutePattern pattern) {
        static Address of(Route route) {
            return new Address(route.site().name(), route.pattern());
        }
    }

    /** A route of the file wins over one that a module declares; of those the first. */
    private List<RouteProgram> withDeclared(List<RouteProgram> programs) {
        Set<Address> taken =
                programs.stream()
                        .map(p -> Address.of(p.route()))
                        .collect(Collectors.toCollection(HashSet::new));
        var loaded = new ArrayList<RouteProgram>();
        for (RouteProgram program : programs) {
            loaded.add(program);
            if (program.state() instanceof Loaded module) {
                for (Route route : module.declared()) {
                    if (taken.add(Address.of(route))) {
                        loaded.add(RouteProgram.declared(route, module.load(), loader, queue));
                    } else {
                        LOG.warn(
                                "{}: '_routes' declares {}, which stands elsewhere already: left"
                                        + " out",
                                route.position(),
                                route.pattern());
                    }
                }
            }
        }
        return loaded;
    }
}
