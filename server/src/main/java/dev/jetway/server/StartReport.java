package dev.jetway.server;

import dev.jetway.cgi.Route;
import dev.jetway.cgi.ServedRoute;
import dev.jetway.module.ModuleLoad;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an operator reads after a start. */
final class StartReport {
    private StartReport() {}

    static void print(JetwayServer server, PrintWriter out) {
        for (LoadedRoute loaded : server.routes()) {
            Route route = loaded.served().route();
            out.printf(
                    "  %-24s → %-20s %s%n",
                    route.pattern(), route.module().getFileName(), state(loaded));
        }
        out.printf("Metrics at %smetrics%n", server.adminUri());
        out.printf(
                "Ready: serving on %s%n",
                server.uris().stream().map(URI::toString).collect(Collectors.joining(" and ")));
        out.flush();
    }

    private static String state(LoadedRoute loaded) {
        return switch (loaded.served()) {
            case ServedRoute.Broken broken -> "answers 503: " + broken.reason();
            case ServedRoute.Ready ready -> loaded.load().map(StartReport::time).orElse("");
        };
    }

    private static String time(ModuleLoad load) {
        String origin =
                switch (load.origin()) {
                    case COMPILED -> "compiled in";
                    case DISK -> "from the cache in";
                    case MEMORY -> "shared in";
                };
        return String.format(Locale.ROOT, "%s %.1f ms", origin, load.took().toNanos() / 1e6);
    }
}
