package dev.jetway.route;

import java.util.Optional;

/**
 * What a route, or all routes of a site together, may take of the server at a time. Immutable; safe
 * to share between threads.
 *
 * @param running guests that run at once; one that waits for its client does not count
 * @param waiting requests that wait for a place; 503 beyond
 * @param rate requests in a time; 429 beyond
 */
public record TenantLimits(int running, int waiting, Optional<Rate> rate) {
    /** The range of {@link #running()}: 1 to this. */
    public static final int MAX_RUNNING = 100_000;

    /** The range of {@link #waiting()}: 0 to this. */
    public static final int MAX_WAITING = 1_000_000;

    /** Whatever the server has. */
    public static final TenantLimits ALL =
            new TenantLimits(MAX_RUNNING, MAX_WAITING, Optional.empty());

    /** A tenant's if nothing else is said: some of many cannot fill the server alone. */
    public static final TenantLimits TENANT = new TenantLimits(32, 256, Optional.empty());

    /** Rejects what is out of range. */
    public TenantLimits {
        if (running < 1 || running > MAX_RUNNING) {
            throw new IllegalArgumentException("guests at once lie between 1 and " + MAX_RUNNING);
        }
        if (waiting < 0 || waiting > MAX_WAITING) {
            throw new IllegalArgumentException("waiting requests lie between 0 and " + MAX_WAITING);
        }
    }
}
