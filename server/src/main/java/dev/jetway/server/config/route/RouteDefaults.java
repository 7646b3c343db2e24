package dev.jetway.server.config.route;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Site;

/**
 * Defaults of routes. Immutable.
 *
 * @param site of the routes
 * @param routes limits and caps of each
 * @param errorPages of each
 */
public record RouteDefaults(Site site, RouteSettings routes, ErrorPages errorPages) {
    /** Defaults of routes outside of sites. */
    public static RouteDefaults outsideOfSites(RouteSettings routes, ErrorPages errorPages) {
        return new RouteDefaults(Site.DEFAULT, routes, errorPages);
    }
}
