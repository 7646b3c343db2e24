package dev.jetway.sandbox.start;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * The time of a guest from its beginning to the call at which its snapshot was taken.
 *
 * @param ordinary the median from its entry point
 * @param resumed the median from the snapshot
 */
public record StartGain(Duration ordinary, Duration resumed) {
    /** Minimum time that a snapshot must save. */
    public static final Duration SMALLEST = Duration.ofNanos(50_000);

    /** Maximum part of the ordinary time that the start from a snapshot may take, in percent. */
    public static final int PERCENT = 80;

    private static final double NANOS_PER_MILLI = 1e6;

    /** The medians of times in nanoseconds. */
    public static StartGain of(long[] ordinary, long[] resumed) {
        return new StartGain(median(ordinary), median(resumed));
    }

    private static Duration median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[sorted.length / 2]);
    }

    /** Whether the snapshot saves enough to be kept. */
    public boolean isEnough() {
        return ordinary.minus(resumed).compareTo(SMALLEST) >= 0
                && resumed.multipliedBy(100).compareTo(ordinary.multipliedBy(PERCENT)) <= 0;
    }

    /** For example {@code 1.25 ms instead of 6.80 ms}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f ms instead of %.2f ms",
                resumed.toNanos() / NANOS_PER_MILLI,
                ordinary.toNanos() / NANOS_PER_MILLI);
    }
}
