package dev.jetway.route;

import java.util.List;
import java.util.stream.Stream;

/**
 * A route that runs a module. Immutable; safe to share between threads.
 *
 * @param route as configured, or as a module declares it
 * @param action what it runs
 */
public record ModuleRoute(Route route, RunModule action) {
    /** Those of the routes that run modules, in their order. */
    public static Stream<ModuleRoute> among(List<Route> routes) {
        return routes.stream().flatMap(ModuleRoute::of);
    }

    private static Stream<ModuleRoute> of(Route route) {
        return switch (route.action()) {
            case RunModule action -> Stream.of(new ModuleRoute(route, action));
        };
    }

    /** The same route with the action as its module needs it. */
    public ModuleRoute with(RunModule other) {
        return new ModuleRoute(route.with(route.pattern(), other), other);
    }

    /** The same module under another path, with another entry point and no warm-up. */
    ModuleRoute at(RoutePattern pattern, String entrypoint) {
        RunModule other = action.at(entrypoint);
        return new ModuleRoute(route.with(pattern, other), other);
    }
}
