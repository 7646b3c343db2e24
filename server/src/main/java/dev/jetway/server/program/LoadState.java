package dev.jetway.server.program;

import dev.jetway.gateway.ProgramSource;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.route.ModuleRoute;
import java.util.List;
import java.util.Optional;

/** The state of a route's module. Immutable. */
public sealed interface LoadState {
    /** No request has asked for the module. */
    record NotYet() implements LoadState {}

    /**
     * The module can be run.
     *
     * @param program runs requests
     * @param load the source of the module and its load time
     * @param declared further routes that the module declares
     * @param version of the module, not newer than the loaded one
     */
    record Loaded(
            ProgramSource.Ready program,
            ModuleLoad load,
            List<ModuleRoute> declared,
            ModuleVersion version)
            implements LoadState {}

    /** The module was evicted: without requests for long, or in favour of others. */
    record Evicted() implements LoadState {}

    /**
     * The module cannot be run until its file has changed or a pause is over.
     *
     * @param version of the module at the attempt
     * @param reason on one line, for the log
     * @param pause before the next attempt, if another may succeed
     */
    record Broken(ModuleVersion version, String reason, Optional<RetryPause> pause)
            implements LoadState {}
}
