package dev.jetway.cgi;

/**
 * A route as requests find it. Immutable; safe to share between threads.
 *
 * @param route the route as configured
 * @param admission when its guests run
 * @param source what they run
 */
public record ServedRoute(Route route, Admission admission, ProgramSource source) {}
