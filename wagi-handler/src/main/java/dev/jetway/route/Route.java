package dev.jetway.route;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;

/**
 * One route as configured: who answers which paths, and how. Immutable; safe to share between
 * threads.
 *
 * @param site whose it is
 * @param pattern which paths
 * @param access who may use it
 * @param errorPages what is shown instead of error pages
 * @param position where the route was written
 * @param action how it answers
 */
public record Route(
        Site site,
        RoutePattern pattern,
        Access access,
        ErrorPages errorPages,
        SourcePosition position,
        Action action) {
    private static final SourcePosition NOWHERE = new SourcePosition("", 0);

    /** This route without its position: two that answer alike are equal. */
    public Route anywhere() {
        return new Route(site, pattern, access, errorPages, NOWHERE, action);
    }

    /** The same route of another site. */
    public Route of(Site other) {
        return new Route(other, pattern, access, errorPages, position, action);
    }

    /** The same access and pages at another path, with another action. */
    public Route with(RoutePattern otherPattern, Action otherAction) {
        return new Route(site, otherPattern, access, errorPages, position, otherAction);
    }
}
