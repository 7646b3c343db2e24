package dev.jetway.server.program;

import dev.jetway.gateway.ProgramSource;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.RunModule;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.server.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the programs of routes: loaded modules with the route's entry point, limits and volumes.
 * Safe to share between threads.
 */
public final class ProgramLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramLoader.class);

    private final ModuleCache modules;
    private final RouteDiscovery discovery;
    private final Sandbox sandbox;

    /**
     * A loader.
     *
     * @param sandbox runs the programs
     */
    public ProgramLoader(ModuleCache modules, RouteDiscovery discovery, Sandbox sandbox) {
        this.modules = modules;
        this.sandbox = sandbox;
        this.discovery = discovery;
    }

    /** Loads the program of a configured route, whose module may declare others. */
    ProgramSlot.Loading of(ModuleRoute route, Tenant tenant) {
        return new Loading() {
            @Override
            public LoadState.Loaded load(boolean first) throws LoadException {
                return ProgramLoader.this.load(route, tenant, true, first);
            }
        };
    }

    /**
     * Loads the program of a declared route.
     *
     * @param parent the declaring module, if it is in memory
     */
    ProgramSlot.Loading ofDeclared(
            ModuleRoute route, Tenant tenant, Supplier<Optional<ModuleLoad>> parent) {
        return new Loading() {
            @Override
            public LoadState.Loaded load(boolean first) throws LoadException {
                Optional<ModuleLoad> load = parent.get();
                return load.isPresent()
                        ? declared(route, tenant, load.get())
                        : ProgramLoader.this.load(route, tenant, false, first);
            }
        };
    }

    /** The common part of both. */
    private abstract class Loading implements ProgramSlot.Loading {
        @Override
        public void release(Program program) {
            sandbox.forget(program);
        }

        @Override
        public long now() {
            return System.nanoTime();
        }
    }

    private LoadState.Loaded declared(ModuleRoute route, Tenant tenant, ModuleLoad load)
            throws LoadException {
        ModuleVersion version = route.action().module().version();
        try {
            return new LoadState.Loaded(ready(route, tenant, load), load, List.of(), version);
        } catch (ProgramException e) {
            throw LoadException.permanent(String.valueOf(e.getMessage()));
        }
    }

    private LoadState.Loaded load(ModuleRoute route, Tenant tenant, boolean declares, boolean first)
            throws LoadException {
        try {
            // Taken before the module is read, so that a change meanwhile is noticed.
            ModuleReference module = route.action().module();
            boolean here = module.isLocal();
            ModuleVersion before = module.version();
            ModuleLoad load = modules.load(module);
            // A transfer from another machine has changed the version itself.
            ModuleVersion version = here ? before : module.version();
            if (first && load.origin() != ModuleLoad.Origin.MEMORY) {
                InterpretedFunctions.report(route.action().module(), load.module());
            }
            ModuleRoute safe = withSafeArguments(route, load.module(), first);
            ProgramSource.Ready ready = ready(safe, tenant, load);
            List<ModuleRoute> declared =
                    declares ? discovery.discover(safe, load.module()) : List.of();
            return new LoadState.Loaded(ready, load, declared, version);
        } catch (ModuleException e) {
            String reason = String.valueOf(e.getMessage());
            throw switch (e.reason()) {
                case NO_MEMORY, UNREADABLE -> LoadException.temporary(reason);
                case NOT_FOUND, TOO_LARGE, NOT_WASM, COMPONENT, MALFORMED, BAD_TEXT, UNSUPPORTED ->
                        LoadException.permanent(reason);
            };
        } catch (ProgramException | IllegalArgumentException e) {
            throw LoadException.permanent(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            throw LoadException.temporary("no memory left on the host");
        }
    }

    private ProgramSource.Ready ready(ModuleRoute route, Tenant tenant, ModuleLoad load)
            throws ProgramException {
        RunModule action = route.action();
        Program program =
                Program.prepare(
                        load.module(), action.guests(sandbox.services()), tenant.resources());
        if (action.snapshot()) {
            sandbox.takeSnapshots(
                    program,
                    route.route().position() + ": " + action.moduleName(),
                    () -> modules.startCode(action.module(), load.module()));
        }
        return new ProgramSource.Ready(action, program);
    }

    /**
     * The route with the rules for an interpreter, if the module is one under another name
     * (CVE-2012-1823).
     */
    private static ModuleRoute withSafeArguments(
            ModuleRoute route, CompiledModule module, boolean first) {
        RunModule action = route.action();
        if (!action.takesQueryArguments() || !module.isInterpreter()) {
            return route;
        }
        if (first) {
            LOG.warn(
                    "{}: {} is an interpreter: {} takes no arguments from requests",
                    route.route().position(),
                    action.moduleName(),
                    route.route().pattern());
        }
        return route.with(action.withoutQueryArguments());
    }
}
