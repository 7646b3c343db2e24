package dev.jetway.cgi;

import dev.jetway.sandbox.GuestLimits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

    /** Without a program. */
    static ServedRoute served(Route route) {
        return new ServedRoute(
                route,
                new Closed(),
                (ready, failed) -> failed.accept(new Failure.ModuleUnavailable("for the test")));
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

    /** Lets nobody in. */
    private static final class Closed implements Admission {
        @Override
        public Optional<Failure> enter() {
            return Optional.of(new Failure.ModuleUnavailable("for the test"));
        }

        @Override
        public void admit(Consumer<Place> guest, Consumer<Failure> refused) {
            refused.accept(new Failure.ModuleUnavailable("for the test"));
        }
    }
}
