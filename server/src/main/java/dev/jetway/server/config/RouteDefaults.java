package dev.jetway.server.config;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Site;

/**
 * Values for the keys that a route does not set. Immutable.
 *
 * @param site whose they are
 * @param limits of each
 * @param caps what they may say at most
 * @param errorPages of each
 */
record RouteDefaults(Site site, RouteLimits limits, RouteLimits caps, ErrorPages errorPages) {
    /** Of routes that belong to no site in particular. */
    static RouteDefaults of(ServerSettings server) {
        return new RouteDefaults(Site.DEFAULT, server.limits(), server.caps(), server.errorPages());
    }
}
