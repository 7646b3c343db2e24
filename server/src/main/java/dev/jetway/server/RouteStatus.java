package dev.jetway.server;

import dev.jetway.cgi.Route;

/**
 * A route and what has become of its module so far.
 *
 * @param route as configured, or as a module declares it
 * @param state of its module
 */
record RouteStatus(Route route, LoadState state) {}
