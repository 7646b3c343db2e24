package dev.jetway.cgi;

import dev.jetway.sandbox.Program;

/** A route that was loaded, well or not. */
public sealed interface ServedRoute {
    /** The route as configured. */
    Route route();

    /**
     * A route that answers.
     *
     * @param route the route as configured
     * @param program what runs for each request
     */
    record Ready(Route route, Program program) implements ServedRoute {}

    /**
     * A route whose module could not be loaded; others go on.
     *
     * @param route the route as configured
     * @param reason what is wrong, for the log
     */
    record Broken(Route route, String reason) implements ServedRoute {}
}
