package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import dev.jetway.route.RunScript;
import dev.jetway.route.ScriptFile;
import java.util.Optional;

/**
 * A route that runs one script. Immutable; safe to share between threads.
 *
 * @param action the script
 * @param module runs the script
 */
public record ServedScript(RunScript action, ServedModule module) implements ServedRoute {
    /** The script as a file for the module. */
    ScriptFile file() {
        return new ScriptFile(
                action.script(),
                action.handler().run().rules().documentRoot(),
                module.route().pattern().path(),
                action.handler().arguments(action.script()),
                true);
    }

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
