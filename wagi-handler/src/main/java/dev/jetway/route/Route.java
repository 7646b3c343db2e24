package dev.jetway.route;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;

/**
 * A route as configured. Immutable; safe to share between threads.
 *
 * @param site the site of the route
 * @param pattern its paths
 * @param access the clients that may use it
 * @param errorPages replacements of error pages
 * @param position in the configuration
 * @param action the way in which it answers
 */
public record Route(
        Site site,
        RoutePattern pattern,
        Access access,
        ErrorPages errorPages,
        SourcePosition position,
        Action action) {
    private static final SourcePosition NOWHERE = new SourcePosition("", 0);

    /** The route without its position: equal for all routes that answer alike. */
    public Route anywhere() {
        return new Route(site, pattern, access, errorPages, NOWHERE, action);
    }

    /** The route as one of another site. */
    public Route of(Site other) {
        return new Route(other, pattern, access, errorPages, position, action);
    }

    /** The route below a prefix of paths, which is empty or like {@code /~alice}. */
    public Route below(String prefix) {
        return prefix.isEmpty()
                ? this
                : new Route(
                        site,
                        new RoutePattern(prefix + pattern.text()),
                        access,
                        errorPages.below(prefix),
                        position,
                        action instanceof RunModule run ? run.below(prefix) : action);
    }

    /** A route with the same access and pages at another path, with another action. */
    public Route with(RoutePattern otherPattern, Action otherAction) {
        return new Route(site, otherPattern, access, errorPages, position, otherAction);
    }
}
