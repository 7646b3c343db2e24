package dev.jetway.route;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.GuestLimits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Routes for tests, with default settings. */
public final class TestRoute {
    private TestRoute() {}

    public static Route of(String pattern, CgiRules rules) {
        return of(pattern, "x.wasm", Optional.empty(), rules);
    }

    public static Route of(Site site, String pattern, TrafficLimits traffic) {
        return of(site, pattern, "x.wasm", Optional.empty(), CgiRules.CGI, traffic);
    }

    public static Route of(String pattern, String module, Optional<String> argv, CgiRules rules) {
        return of(Site.DEFAULT, pattern, module, argv, rules, TrafficLimits.DEFAULT);
    }

    /** A route without a function. */
    public static Routed routed(Route route) {
        return () -> route;
    }

    /** The action of a route made by this class. */
    public static RunModule action(Route route) {
        return ModuleRoute.among(List.of(route)).findFirst().orElseThrow().action();
    }

    private static Route of(
            Site site,
            String pattern,
            String module,
            Optional<String> argv,
            CgiRules rules,
            TrafficLimits traffic) {
        return new Route(
                site,
                rules.dialect() == Dialect.SPIN
                        ? RoutePattern.ofSpin("/", pattern)
                        : new RoutePattern(pattern),
                Access.OPEN,
                ErrorPages.NONE,
                new SourcePosition("modules.toml", 1),
                new RunModule(
                                new FileReference(Path.of("/modules").resolve(module)),
                                RunModule.DEFAULT_ENTRYPOINT,
                                argv,
                                List.of(),
                                RunModule.DEFAULT_SERVICES,
                                new LinkedHashMap<>(),
                                GuestLimits.DEFAULT,
                                traffic,
                                rules,
                                Optional.empty(),
                                false,
                                false)
                        .settled());
    }
}
