package dev.jetway.server;

import dev.jetway.module.ModuleLoad;
import dev.jetway.route.Route;
import dev.jetway.server.config.Preload;
import dev.jetway.server.program.LoadState;
import dev.jetway.server.program.RouteStatus;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for operators after a start. */
final class StartReport {
    /** Maximum routes with a line each. */
    static final int MAX_LINES = Preload.ROUTES_FOR_ALL;

    private StartReport() {}

    static void print(JetwayServer server, PrintWriter out) {
        List<RouteStatus> routes = server.served().routes();
        if (routes.size() <= MAX_LINES) {
            routes.forEach(route -> line(route, out));
        } else {
            routes.stream()
                    .filter(r -> r.state() instanceof LoadState.Broken)
                    .limit(MAX_LINES)
                    .forEach(route -> line(route, out));
            summary(routes, out);
        }
        out.printf("Metrics at %smetrics%n", server.adminUri());
        out.printf(
                "Ready: serving on %s%n",
                server.uris().stream().map(URI::toString).collect(Collectors.joining(" and ")));
        out.flush();
    }

    private static void line(RouteStatus status, PrintWriter out) {
        Route route = status.configured().route();
        out.printf(
                "  %-24s → %-20s %s%n",
                route.pattern(), status.configured().action().moduleName(), state(status.state()));
    }

    private static void summary(List<RouteStatus> routes, PrintWriter out) {
        Map<Class<?>, Long> counts =
                routes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> r.state().getClass(), Collectors.counting()));
        out.printf(
                "  %d routes of %d sites: %d loaded, %d broken, %d load when they are asked for%n",
                routes.size(),
                routes.stream().map(r -> r.configured().route().site()).distinct().count(),
                counts.getOrDefault(LoadState.Loaded.class, 0L),
                counts.getOrDefault(LoadState.Broken.class, 0L),
                counts.getOrDefault(LoadState.NotYet.class, 0L)
                        + counts.getOrDefault(LoadState.Evicted.class, 0L));
    }

    private static String state(LoadState state) {
        return switch (state) {
            case LoadState.NotYet _ -> "loads when it is asked for";
            case LoadState.Evicted _ -> "comes back when it is asked for: module-memory is full";
            case LoadState.Broken broken -> "answers 503: " + broken.reason();
            case LoadState.Loaded loaded -> time(loaded.load());
        };
    }

    private static String time(ModuleLoad load) {
        String origin =
                switch (load.origin()) {
                    case COMPILED -> "compiled in";
                    case DISK -> "from the cache in";
                    case MEMORY -> "shared in";
                };
        int interpreted = load.module().interpretedFunctions().size();
        return String.format(
                Locale.ROOT,
                "%s %.1f ms%s",
                origin,
                load.took().toNanos() / 1e6,
                interpreted == 0 ? "" : ", " + interpreted + " interpreted (see the log)");
    }
}
