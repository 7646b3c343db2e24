package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.route.Route;
import dev.jetway.route.Routed;

/**
 * A route as requests find it. Immutable; safe to share between threads.
 *
 * @param route the route as configured
 * @param admission when its guests run
 * @param source what they run
 */
public record ServedRoute(Route route, Admission admission, ProgramSource source)
        implements Routed {}
