package dev.jetway.server.tenant;

import dev.jetway.gateway.GuestLog;
import dev.jetway.route.Route;

/** The destinations of guests' standard error, by route. Safe to share between threads. */
@FunctionalInterface
public interface GuestLogs {
    /** The log of a route's guests. Opens nothing yet. */
    GuestLog of(Route route);
}
