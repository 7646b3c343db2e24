package dev.jetway.server.program;

import dev.jetway.route.Route;

/**
 * A route and what has become of its module so far.
 *
 * @param route as configured, or as a module declares it
 * @param state of its module
 */
public record RouteStatus(Route route, LoadState state) {}
