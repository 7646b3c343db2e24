package dev.jetway.route;

import java.util.Locale;

/**
 * How many requests may come: each second in the long run, and at once after a pause. Immutable;
 * safe to share between threads.
 *
 * @param perSecond requests a second
 * @param burst requests at once
 */
public record Rate(double perSecond, int burst) {
    /** The range of {@link #perSecond()}: one in about three hours. */
    public static final double MIN_PER_SECOND = 0.0001;

    /** The range of {@link #perSecond()}. */
    public static final double MAX_PER_SECOND = 1_000_000;

    /** The range of {@link #burst()}. */
    public static final int MAX_BURST = 1_000_000;

    /** Rejects what is out of range. */
    public Rate {
        if (!(perSecond >= MIN_PER_SECOND && perSecond <= MAX_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "a rate lies between 1 in 10000 seconds and 1000000 a second");
        }
        if (burst < 1 || burst > MAX_BURST) {
            throw new IllegalArgumentException("a burst lies between 1 and " + MAX_BURST);
        }
    }

    /** That rate, with what comes in one second at once. */
    public static Rate of(double perSecond) {
        return new Rate(perSecond, (int) Math.clamp(Math.ceil(perSecond), 1, MAX_BURST));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.6g/s, %d at once", perSecond, burst);
    }
}
