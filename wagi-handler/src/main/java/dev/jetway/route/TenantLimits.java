package dev.jetway.route;

import java.util.Optional;

/**
 * Limits of a route, or of all routes of a site together. Immutable; safe to share between threads.
 *
 * @param running guests that run at once; a guest that waits for its client does not count
 * @param waiting requests that wait for a slot; 503 beyond
 * @param rate of requests; 429 beyond
 */
public record TenantLimits(int running, int waiting, Optional<Rate> rate) {
    /** The maximum of {@link #running()}, whose minimum is 1. */
    public static final int MAX_RUNNING = 100_000;

    /** The maximum of {@link #waiting()}, whose minimum is 0. */
    public static final int MAX_WAITING = 1_000_000;

    /** The limits of the server only. */
    public static final TenantLimits ALL =
            new TenantLimits(MAX_RUNNING, MAX_WAITING, Optional.empty());

    /** A tenant's default: a few of many tenants cannot fill the server alone. */
    public static final TenantLimits TENANT = new TenantLimits(32, 256, Optional.empty());

    /** Checks the ranges. */
    public TenantLimits {
        if (running < 1 || running > MAX_RUNNING) {
            throw new IllegalArgumentException("guests at once lie between 1 and " + MAX_RUNNING);
        }
        if (waiting < 0 || waiting > MAX_WAITING) {
            throw new IllegalArgumentException("waiting requests lie between 0 and " + MAX_WAITING);
        }
    }
}
