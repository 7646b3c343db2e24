package dev.jetway.base;

import java.time.Duration;

/**
 * The pauses of repeated work in the background. Immutable.
 *
 * @param least pause
 * @param percent of one processor that the work may use, 1 to 100
 */
public record Pace(Duration least, int percent) {
    private static final int ALL = 100;

    /** Rejects shares that are none. */
    public Pace {
        if (percent < 1 || percent > ALL) {
            throw new IllegalArgumentException(percent + " % is no share of a processor");
        }
    }

    /** The pause after work that took a time. */
    public Duration after(Duration work) {
        Duration share = work.multipliedBy(ALL - percent).dividedBy(percent);
        return share.compareTo(least) > 0 ? share : least;
    }
}
