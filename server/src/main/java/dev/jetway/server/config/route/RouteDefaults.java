package dev.jetway.server.config.route;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Site;

/**
 * What routes have where their own tables say nothing. Immutable.
 *
 * @param site that they belong to
 * @param routes limits and caps of each
 * @param errorPages of each
 */
public record RouteDefaults(Site site, RouteSettings routes, ErrorPages errorPages) {
    /** Of routes outside of sites. */
    public static RouteDefaults outsideOfSites(RouteSettings routes, ErrorPages errorPages) {
        return new RouteDefaults(Site.DEFAULT, routes, errorPages);
    }
}
