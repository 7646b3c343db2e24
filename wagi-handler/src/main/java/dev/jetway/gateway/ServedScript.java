package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import dev.jetway.route.RunScript;
import java.util.Optional;

/**
 * A route that runs one script. Immutable; safe to share between threads.
 *
 * @param action the script
 * @param module what runs it
 */
public record ServedScript(RunScript action, ServedModule module) implements ServedRoute {
    @Override
    public Route route() {
        return module.route();
    }

    @Override
    public Optional<Failure> enter() {
        return module.enter();
    }

    @Override
    public HttpRules http() {
        return module.http();
    }
}
