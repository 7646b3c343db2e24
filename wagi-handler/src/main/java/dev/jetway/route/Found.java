package dev.jetway.route;

/**
 * A match in a table of routes. Immutable if {@code T} is.
 *
 * @param target answers the request
 * @param match the route and the parts of the path
 */
public record Found<T extends Routed>(T target, RouteMatch match) {}
