package dev.jetway.server.config.route;

import dev.jetway.base.ByteSize;
import dev.jetway.route.TrafficLimits;
import dev.jetway.sandbox.GuestLimits;

/**
 * All limits of one route. Immutable; safe to share between threads.
 *
 * @param run limits of one run
 * @param traffic limits of requests and responses
 */
public record RouteLimits(GuestLimits run, TrafficLimits traffic) {
    /** The maximum of bodies and of standard error. */
    public static final ByteSize MAX_BYTES = ByteSize.ofMebibytes(1L << 20);

    /** The limits of a route without settings. */
    public static final RouteLimits DEFAULT =
            new RouteLimits(GuestLimits.DEFAULT, TrafficLimits.DEFAULT);

    /** These limits with others of a run. */
    public RouteLimits withRun(GuestLimits other) {
        return new RouteLimits(other, traffic);
    }
}
