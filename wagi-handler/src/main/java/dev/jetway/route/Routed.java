package dev.jetway.route;

/** What answers the requests of one route; tables of routes hold such. */
public interface Routed {
    /** The route as configured. */
    Route route();
}
