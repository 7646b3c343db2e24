package dev.jetway.route;

/** An entry of a table of routes. */
public interface Routed {
    /** The route as configured. */
    Route route();
}
