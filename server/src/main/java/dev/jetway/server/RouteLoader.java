package dev.jetway.server;

import dev.jetway.cgi.Admission;
import dev.jetway.cgi.Interpreters;
import dev.jetway.cgi.Route;
import dev.jetway.cgi.RoutePattern;
import dev.jetway.cgi.ServedRoute;
import dev.jetway.cgi.Site;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleException;
import dev.jetway.module.ModuleLoad;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import dev.jetway.sandbox.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the modules of all routes, several at once; a bad one breaks its own routes only. */
final class RouteLoader {
    private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);

    private final ModuleCache modules;
    private final RouteDiscovery discovery;
    private final Function<Site, Resources> resources;
    private final Function<Route, Admission> admissions;

    RouteLoader(
            ModuleCache modules,
            RouteDiscovery discovery,
            Function<Site, Resources> resources,
            Function<Route, Admission> admissions) {
        this.modules = modules;
        this.discovery = discovery;
        this.resources = resources;
        this.admissions = admissions;
    }

    /**
     * In the order of the routes, each followed by those that its module declares; returns when all
     * are loaded or broken.
     */
    List<LoadedRoute> load(List<Route> routes) throws InterruptedException {
        // The cache bounds how many compile at once; a thread that waits for it costs nothing.
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<List<LoadedRoute>>>();
            for (Route route : routes) {
                futures.add(executor.submit(() -> load(route)));
            }
            Set<Address> taken =
                    routes.stream().map(Address::of).collect(Collectors.toCollection(HashSet::new));
            var loaded = new ArrayList<LoadedRoute>();
            for (Future<List<LoadedRoute>> future : futures) {
                List<LoadedRoute> own = future.get();
                loaded.add(own.getFirst());
                addDeclared(own.subList(1, own.size()), taken, loaded);
            }
            return loaded;
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

    private List<LoadedRoute> load(Route route) {
        try {
            ModuleLoad load = modules.load(route.module());
            Route safe = withSafeArguments(route);
            var loaded = new ArrayList<LoadedRoute>();
            loaded.add(ready(safe, load));
            for (Route sub : discovery.discover(safe, load.module())) {
                loaded.add(subRoute(sub, load));
            }
            return loaded;
        } catch (ModuleException | ProgramException | IllegalArgumentException e) {
            return List.of(broken(route, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return List.of(broken(route, "the module cannot be read"));
        }
    }

    /** An interpreter under another name is one too (CVE-2012-1823). */
    private static Route withSafeArguments(Route route) throws IOException {
        if (!route.takesQueryArguments() || !Interpreters.isOneInside(route.module())) {
            return route;
        }
        LOG.warn(
                "{}: {} is an interpreter: {} takes no arguments from requests",
                route.position(),
                route.module().getFileName(),
                route.pattern());
        return route.withoutQueryArguments();
    }

    private LoadedRoute ready(Route route, ModuleLoad load) throws ProgramException {
        Program program =
                Program.prepare(
                        load.module(),
                        route.entrypoint(),
                        route.limits(),
                        route.volumes(),
                        resources.apply(route.site()));
        return new LoadedRoute(
                new ServedRoute.Ready(route, program, admissions.apply(route)), Optional.of(load));
    }

    private LoadedRoute subRoute(Route route, ModuleLoad load) {
        try {
            return ready(route, load);
        } catch (ProgramException e) {
            return broken(route, String.valueOf(e.getMessage()));
        }
    }

    private static LoadedRoute broken(Route route, String reason) {
        LOG.warn(
                "{}: the route {} answers 503: {}: {}",
                route.position(),
                route.pattern(),
                route.module().getFileName(),
                reason);
        return new LoadedRoute(new ServedRoute.Broken(route, reason), Optional.empty());
    }

    /** A route of the file wins over one that a module declares; of those the first. */
    private static void addDeclared(
            List<LoadedRoute> declared, Set<Address> taken, List<LoadedRoute> to) {
        for (LoadedRoute route : declared) {
            if (taken.add(Address.of(route.served().route()))) {
                to.add(route);
            } else {
                LOG.warn(
                        "{}: '_routes' declares {}, which stands elsewhere already: left out",
                        route.served().route().position(),
                        route.served().route().pattern());
            }
        }
    }
}
