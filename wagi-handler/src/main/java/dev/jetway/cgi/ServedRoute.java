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
     * @param admission when it runs
     */
    record Ready(Route route, Program program, Admission admission) implements ServedRoute {}

    /**
     * A route whose module could not be loaded; others go on.
     *
     * @param route the route as configured
     * @param reason what is wrong, for the log
     */
    record Broken(Route route, String reason) implements ServedRoute {}
}
