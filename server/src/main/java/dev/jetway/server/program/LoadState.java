package dev.jetway.server.program;

import dev.jetway.gateway.ProgramSource;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.route.ModuleRoute;
import java.util.List;
import java.util.Optional;

/** What has become of a route's module so far. Immutable. */
public sealed interface LoadState {
    /** Nobody has asked for it. */
    record NotYet() implements LoadState {}

    /**
     * It can be run.
     *
     * @param program what requests run
     * @param load where the module came from and how long it took
     * @param declared further routes that the module asks for
     * @param version of the module, not newer than what was loaded
     */
    record Loaded(
            ProgramSource.Ready program,
            ModuleLoad load,
            List<ModuleRoute> declared,
            ModuleVersion version)
            implements LoadState {}

    /** It could be run, but nobody asked for long, or other modules took its place in memory. */
    record LetGo() implements LoadState {}

    /**
     * It cannot be run until its file has changed, or a pause is over.
     *
     * @param version of the module when it was tried
     * @param reason what is wrong, on one line, for the log
     * @param pause after which it is tried again, if that may help
     */
    record Broken(ModuleVersion version, String reason, Optional<RetryPause> pause)
            implements LoadState {}
}
