package dev.jetway.server.config;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Site;

/**
 * What routes have where their own tables say nothing. Immutable.
 *
 * @param site that they belong to
 * @param routes limits and caps of each
 * @param errorPages of each
 */
record RouteDefaults(Site site, RouteSettings routes, ErrorPages errorPages) {
    /** Of routes outside of sites. */
    static RouteDefaults of(ServerSettings server) {
        return new RouteDefaults(Site.DEFAULT, server.routes(), server.http().errorPages());
    }
}
