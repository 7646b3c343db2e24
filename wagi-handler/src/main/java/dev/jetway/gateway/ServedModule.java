package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;

/**
 * A route that runs a module. Immutable; safe to share between threads.
 *
 * @param configured the route as configured
 * @param admission when its guests run
 * @param source what they run
 */
public record ServedModule(ModuleRoute configured, Admission admission, ProgramSource source)
        implements ServedRoute {
    @Override
    public Route route() {
        return configured.route();
    }
}
