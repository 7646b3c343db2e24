package dev.jetway.route;

import java.util.Locale;

/**
 * A maximum rate of requests. Immutable; safe to share between threads.
 *
 * @param perSecond requests a second on average
 * @param burst requests at once after a pause
 */
public record Rate(double perSecond, int burst) {
    /** The minimum of {@link #perSecond()}: one in about three hours. */
    public static final double MIN_PER_SECOND = 0.0001;

    /** The maximum of {@link #perSecond()}. */
    public static final double MAX_PER_SECOND = 1_000_000;

    /** The maximum of {@link #burst()}. */
    public static final int MAX_BURST = 1_000_000;

    /** Checks the ranges. */
    public Rate {
        if (!(perSecond >= MIN_PER_SECOND && perSecond <= MAX_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "a rate lies between 1 in 10000 seconds and 1000000 a second");
        }
        if (burst < 1 || burst > MAX_BURST) {
            throw new IllegalArgumentException("a burst lies between 1 and " + MAX_BURST);
        }
    }

    /** A rate with a burst of one second. */
    public static Rate of(double perSecond) {
        return new Rate(perSecond, (int) Math.clamp(Math.ceil(perSecond), 1, MAX_BURST));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.6g/s, %d at once", perSecond, burst);
    }
}
