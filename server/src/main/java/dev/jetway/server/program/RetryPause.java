package dev.jetway.server.program;

import java.time.Duration;

/**
 * How long a module that failed to load for a passing reason is left alone: twice as long after
 * each failure in a row, within bounds. Immutable.
 *
 * @param length how long
 * @param since when it began, in the time of {@link System#nanoTime}
 */
record RetryPause(Duration length, long since) {
    /** After the first failure. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** However often it has failed. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** After a first failure. */
    static RetryPause first(long now) {
        return new RetryPause(SHORTEST, now);
    }

    /** After one more. */
    RetryPause next(long now) {
        Duration twice = length.multipliedBy(2);
        return new RetryPause(twice.compareTo(LONGEST) < 0 ? twice : LONGEST, now);
    }

    /** What is left of it; zero or less when it is over. */
    Duration left(long now) {
        return length.minusNanos(now - since);
    }

    boolean isOver(long now) {
        return !left(now).isPositive();
    }
}
