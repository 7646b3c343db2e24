package dev.jetway.route;

/**
 * What a table of routes has for a request. Immutable if {@code T} is.
 *
 * @param target what answers the request
 * @param match the route and how the path divides there
 */
public record Found<T extends Routed>(T target, RouteMatch match) {}
