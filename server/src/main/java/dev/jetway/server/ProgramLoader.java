package dev.jetway.server;

import dev.jetway.cgi.Interpreters;
import dev.jetway.cgi.ProgramSource;
import dev.jetway.cgi.Route;
import dev.jetway.cgi.Site;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleException;
import dev.jetway.module.ModuleLoad;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import dev.jetway.sandbox.Resources;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what a route runs: its module, loaded, with the route's entry point, limits and volumes.
 * Safe to share between threads.
 */
final class ProgramLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramLoader.class);

    private final ModuleCache modules;
    private final RouteDiscovery discovery;
    private final Function<Site, Resources> resources;

    ProgramLoader(
            ModuleCache modules, RouteDiscovery discovery, Function<Site, Resources> resources) {
        this.modules = modules;
        this.discovery = discovery;
        this.resources = resources;
    }

    /** Loads the module, waiting if it must be compiled. */
    LoadState.Loaded load(Route route) throws LoadException {
        try {
            ModuleLoad load = modules.load(route.module());
            if (load.origin() != ModuleLoad.Origin.MEMORY) {
                InterpretedFunctions.report(route.module(), load.module());
            }
            Route safe = withSafeArguments(route);
            LoadState.Loaded loaded = ready(safe, load);
            List<Route> declared = discovery.discover(safe, load.module());
            return new LoadState.Loaded(loaded.program(), load, declared);
        } catch (ModuleException | ProgramException | IllegalArgumentException e) {
            throw new LoadException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new LoadException("the module cannot be read");
        }
    }

    /** Makes another route of a module that is loaded. */
    LoadState.Loaded declared(Route route, ModuleLoad load) throws LoadException {
        try {
            return ready(route, load);
        } catch (ProgramException e) {
            throw new LoadException(String.valueOf(e.getMessage()));
        }
    }

    private LoadState.Loaded ready(Route route, ModuleLoad load) throws ProgramException {
        Program program =
                Program.prepare(
                        load.module(),
                        route.entrypoint(),
                        route.limits(),
                        route.volumes(),
                        resources.apply(route.site()));
        return new LoadState.Loaded(new ProgramSource.Ready(route, program), load, List.of());
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
}
