package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.failure.Failure;
import dev.jetway.route.HttpRules;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import java.util.Optional;

/**
 * A route that runs a module. Immutable; safe to share between threads.
 *
 * @param configured the route as configured
 * @param admission decides when its guests run
 * @param source the program of its guests
 * @param log takes their standard error
 */
public record ServedModule(
        ModuleRoute configured, Admission admission, ProgramSource source, GuestLog log)
        implements ServedRoute {
    @Override
    public Route route() {
        return configured.route();
    }

    @Override
    public Optional<Failure> enter() {
        return admission.enter();
    }

    @Override
    public HttpRules http() {
        return configured.action().rules().http();
    }
}
