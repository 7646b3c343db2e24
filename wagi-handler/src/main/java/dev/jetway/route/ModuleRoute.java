package dev.jetway.route;

import java.util.List;
import java.util.stream.Stream;

/**
 * A module that a route runs. Immutable; safe to share between threads.
 *
 * @param route as configured, or as declared by a module
 * @param action the module and its settings
 */
public record ModuleRoute(Route route, RunModule action) {
    /**
     * The modules that the routes run, in their order; for a folder, those of its handlers, then
     * its programs.
     */
    public static Stream<ModuleRoute> among(List<Route> routes) {
        return routes.stream().flatMap(ModuleRoute::of);
    }

    /** The modules that one route runs. */
    public static Stream<ModuleRoute> of(Route route) {
        return switch (route.action()) {
            case RunModule action -> Stream.of(new ModuleRoute(route, action));
            case RunScript script -> Stream.of(new ModuleRoute(route, script.handler().run()));
            case ServeFolder folder ->
                    Stream.concat(
                                    folder.handlers().stream().map(ScriptHandler::run),
                                    folder.programs().values().stream())
                            .map(run -> new ModuleRoute(route, run));
            case Action.Refuse _ -> Stream.empty();
        };
    }

    /** The route with another action, as the module requires. */
    public ModuleRoute with(RunModule other) {
        return route.action().equals(action)
                ? new ModuleRoute(route.with(route.pattern(), other), other)
                : new ModuleRoute(route, other);
    }

    /** The module at another path with another entry point and no warm-up. */
    ModuleRoute at(RoutePattern pattern, String entrypoint) {
        RunModule other = action.at(entrypoint);
        return new ModuleRoute(route.with(pattern, other), other);
    }
}
