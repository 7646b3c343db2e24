package dev.jetway.route;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.sandbox.GuestLimits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Routes for tests, with everything as it is by default. */
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

    /** A route that is found and does nothing. */
    public static Routed routed(Route route) {
        return () -> route;
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
                new RoutePattern(pattern),
                Path.of("/modules").resolve(module),
                Route.DEFAULT_ENTRYPOINT,
                argv,
                List.of(),
                new LinkedHashMap<>(),
                GuestLimits.DEFAULT,
                traffic,
                rules,
                Access.OPEN,
                ErrorPages.NONE,
                OutboundHttp.NONE,
                Optional.empty(),
                new SourcePosition("modules.toml", 1));
    }
}
