package dev.jetway.embedding.open;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.SiteAccount;
import dev.jetway.base.ByteSize;
import dev.jetway.base.SourcePosition;
import dev.jetway.embedding.Dialect;
import dev.jetway.embedding.ProgramRoute;
import dev.jetway.embedding.RunLimits;
import dev.jetway.failure.ErrorPages;
import dev.jetway.gateway.GuestLog;
import dev.jetway.gateway.ProgramSource;
import dev.jetway.gateway.ServedModule;
import dev.jetway.gateway.log.GuestLines;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.route.Access;
import dev.jetway.route.CgiRules;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.RunModule;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.TrafficLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.Volume;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the modules of routes. Used by one thread. */
final class ProgramOpener {
    private static final Logger LOG = LoggerFactory.getLogger("jetway.guest");

    private final ModuleCache modules;
    private final Sandbox sandbox;
    private final GuestScheduler scheduler;
    private final SiteAccount account;
    private final Resources resources;
    private final String prefix;

    ProgramOpener(
            ModuleCache modules,
            Sandbox sandbox,
            GuestScheduler scheduler,
            Resources resources,
            String prefix) {
        this.modules = modules;
        this.sandbox = sandbox;
        this.scheduler = scheduler;
        this.account = scheduler.account(TenantLimits.ALL);
        this.resources = resources;
        this.prefix = prefix;
    }

    /**
     * A route that is ready for requests.
     *
     * @throws IOException if its module cannot be loaded or run
     */
    ServedModule open(ProgramRoute route) throws IOException {
        RunModule asked = action(route);
        var pattern = new RoutePattern(prefix + new RoutePattern(route.path()).text());
        try {
            CompiledModule module = modules.load(asked.module()).module();
            // An argument may be a program to an interpreter (CVE-2012-1823).
            RunModule action =
                    module.isInterpreter() && asked.takesQueryArguments()
                            ? asked.withoutQueryArguments()
                            : asked;
            var ready = new ProgramSource.Ready(action, program(module, action));
            return new ServedModule(
                    configured(pattern, action),
                    scheduler.admission(account, action.traffic().share()),
                    (use, failed) -> use.accept(ready),
                    log(pattern));
        } catch (ModuleException | ProgramException e) {
            throw new IOException(
                    "the program at %s cannot be served: %s: %s"
                            .formatted(pattern, route.module(), e.getMessage()),
                    e);
        }
    }

    private Program program(CompiledModule module, RunModule action) throws ProgramException {
        return Program.prepare(module, action.guests(sandbox.services()), resources);
    }

    private static ModuleRoute configured(RoutePattern pattern, RunModule action) {
        return new ModuleRoute(
                new Route(
                        Site.DEFAULT,
                        pattern,
                        Access.OPEN,
                        ErrorPages.NONE,
                        new SourcePosition("", 0),
                        action),
                action);
    }

    private static GuestLog log(RoutePattern pattern) {
        return request -> new GuestLines(line -> LOG.info("route {}: {}", pattern, line));
    }

    private static RunModule action(ProgramRoute route) {
        RunLimits limits = route.limits();
        List<Volume> volumes =
                route.folders().stream()
                        .map(f -> new Volume(f.guestPath(), f.folder(), !f.writable()))
                        .toList();
        return new RunModule(
                        new FileReference(route.module()),
                        RunModule.DEFAULT_ENTRYPOINT,
                        Optional.empty(),
                        volumes,
                        RunModule.DEFAULT_SERVICES,
                        new LinkedHashMap<>(route.environment()),
                        GuestLimits.DEFAULT
                                .withWallTime(limits.time())
                                .withCpuTime(limits.time())
                                .withMemory(new ByteSize(limits.memory())),
                        new TrafficLimits(
                                new ByteSize(limits.requestBody()),
                                TrafficLimits.DEFAULT.responseBody(),
                                TenantLimits.ALL),
                        route.dialect() == Dialect.WAGI ? CgiRules.WAGI : CgiRules.CGI,
                        Optional.empty(),
                        false,
                        false)
                .settled();
    }
}
