package dev.jetway.server.cli.text;

import dev.jetway.base.DurationText;
import dev.jetway.base.LogText;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ServeFolder;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/** The route table as text. */
public final class RouteListing {
    private static final String FORMAT = "%-16s %-32s %-32s %-12s %8s %9s  %s%n";

    private RouteListing() {}

    /** Prints a line for each route, in the order that requests meet them. */
    public static void print(List<Route> routes, PrintWriter out) {
        out.printf(FORMAT, "SITE", "ROUTE", "MODULE", "ENTRYPOINT", "TIME", "MEMORY", "FROM");
        routes.stream()
                .sorted(
                        Comparator.comparing((Route r) -> r.site().name())
                                .thenComparing(Route::pattern, RoutePattern.PRECEDENCE))
                .forEach(r -> print(r, out));
        out.flush();
    }

    private static void print(Route route, PrintWriter out) {
        switch (route.action()) {
            case RunModule action -> print(route, action, out);
            case RunScript script -> print(route, script.handler().run(), out);
            case ServeFolder folder -> {
                print(route, "(files)", out);
                folder.programs().values().forEach(run -> print(route, run, out));
            }
            case Refuse refuse -> print(route, "(" + refuse.reason().label() + ")", out);
        }
    }

    private static void print(Route route, String shown, PrintWriter out) {
        out.printf(
                FORMAT,
                route.site().name(),
                LogText.escape(route.pattern().text()),
                shown,
                "-",
                "-",
                "-",
                route.position());
    }

    private static void print(Route route, RunModule action, PrintWriter out) {
        out.printf(
                FORMAT,
                route.site().name(),
                LogText.escape(route.pattern().text()),
                LogText.escape(action.moduleName()),
                LogText.escape(action.entrypoint()),
                DurationText.of(action.limits().wallTime()),
                action.limits().memory(),
                route.position());
    }
}
