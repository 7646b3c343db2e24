package dev.jetway.server;

import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import java.util.List;

/** Routes that run modules, for tests. */
public final class TestRoutes {
    private TestRoutes() {}

    public static ModuleRoute module(Route route) {
        return ModuleRoute.among(List.of(route)).findFirst().orElseThrow();
    }

    public static RunModule action(Route route) {
        return module(route).action();
    }
}
