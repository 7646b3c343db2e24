package dev.jetway.server.config.spin;

import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.CgiRules;
import dev.jetway.route.RunModule;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.route.RouteLimits;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A component that can be served, as all its triggers run it. Immutable.
 *
 * @param module its source
 * @param environment its variables
 * @param volumes copies of its files
 * @param limits of its routes
 */
record Program(
        ModuleReference module,
        SequencedMap<String, String> environment,
        List<Volume> volumes,
        RouteLimits limits) {
    /** The action of a trigger. */
    RunModule run(Executor executor) {
        return new RunModule(
                        module,
                        executor.entrypoint(),
                        Optional.of(executor.argv()),
                        volumes,
                        RunModule.DEFAULT_SERVICES,
                        environment,
                        limits.run(),
                        limits.traffic(),
                        CgiRules.SPIN,
                        Optional.empty(),
                        false,
                        false)
                .settled();
    }
}
