package dev.jetway.server.program;

import java.time.Duration;

/**
 * The pause after a temporary failure to load: doubled after each failure in a row, within bounds.
 * Immutable.
 *
 * @param length of the pause
 * @param since its start, in the time of {@link System#nanoTime}
 */
record RetryPause(Duration length, long since) {
    /** The pause after the first failure. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The maximum pause. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** The pause after a first failure. */
    static RetryPause first(long now) {
        return new RetryPause(SHORTEST, now);
    }

    /** The pause after one more failure. */
    RetryPause next(long now) {
        Duration twice = length.multipliedBy(2);
        return new RetryPause(twice.compareTo(LONGEST) < 0 ? twice : LONGEST, now);
    }

    /** The remaining time; zero or less when the pause is over. */
    Duration left(long now) {
        return length.minusNanos(now - since);
    }

    boolean isOver(long now) {
        return !left(now).isPositive();
    }
}
