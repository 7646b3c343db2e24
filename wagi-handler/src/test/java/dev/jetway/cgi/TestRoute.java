package dev.jetway.cgi;

import dev.jetway.sandbox.GuestLimits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Routes for tests, with everything as it is by default. */
final class TestRoute {
    private TestRoute() {}

    static Route of(String pattern, CgiRules rules) {
        return of(pattern, "x.wasm", Optional.empty(), rules);
    }

    static Route of(Site site, String pattern, TrafficLimits traffic) {
        return of(site, pattern, "x.wasm", Optional.empty(), CgiRules.CGI, traffic);
    }

    static Route of(String pattern, String module, Optional<String> argv, CgiRules rules) {
        return of(Site.DEFAULT, pattern, module, argv, rules, TrafficLimits.DEFAULT);
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
                new SourcePosition("modules.toml", 1));
    }
}
