package dev.jetway.server;

import dev.jetway.cgi.Route;
import dev.jetway.cgi.ServedRoute;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleException;
import dev.jetway.module.ModuleLoad;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the modules of all routes, several at once; a bad one breaks its own routes only. */
final class RouteLoader {
    private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);

    private final ModuleCache modules;

    RouteLoader(ModuleCache modules) {
        this.modules = modules;
    }

    /** In the order of the routes; returns when all are loaded or broken. */
    List<LoadedRoute> load(List<Route> routes) throws InterruptedException {
        // The cache bounds how many compile at once; a thread that waits for it costs nothing.
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<LoadedRoute>>();
            for (Route route : routes) {
                futures.add(executor.submit(() -> load(route)));
            }
            var loaded = new ArrayList<LoadedRoute>();
            for (Future<LoadedRoute> future : futures) {
                loaded.add(future.get());
            }
            return loaded;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a module could not be loaded", e.getCause());
        }
    }

    private LoadedRoute load(Route route) {
        try {
            ModuleLoad load = modules.load(route.module());
            Program program =
                    Program.prepare(
                            load.module(), route.entrypoint(), route.limits(), route.volumes());
            return new LoadedRoute(new ServedRoute.Ready(route, program), Optional.of(load));
        } catch (ModuleException | ProgramException e) {
            String reason = String.valueOf(e.getMessage());
            LOG.warn(
                    "{}: the route {} answers 503: {}: {}",
                    route.position(),
                    route.pattern(),
                    route.module().getFileName(),
                    reason);
            return new LoadedRoute(new ServedRoute.Broken(route, reason), Optional.empty());
        }
    }
}
