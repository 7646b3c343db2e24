package dev.jetway.server;

import dev.jetway.cgi.ProgramSource;
import dev.jetway.cgi.Route;
import dev.jetway.module.ModuleLoad;
import java.util.List;

/** What has become of a route's module so far. Immutable. */
sealed interface LoadState {
    /** Nobody has asked for it. */
    record NotYet() implements LoadState {}

    /**
     * It can be run.
     *
     * @param program what requests run
     * @param load where the module came from and how long it took
     * @param declared further routes that the module asks for
     */
    record Loaded(ProgramSource.Ready program, ModuleLoad load, List<Route> declared)
            implements LoadState {}

    /**
     * It cannot be run until its file has changed.
     *
     * @param file the file that cannot
     * @param reason what is wrong, on one line, for the log
     */
    record Broken(FileStamp file, String reason) implements LoadState {}
}
