package dev.jetway.admission;

import dev.jetway.route.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A token bucket: filled at a {@link Rate}, and emptied by one token a request. Safe to share
 * between threads.
 */
final class RateMeter {
    private static final double SECOND = 1e9;

    private final Rate rate;
    private final LongSupplier nanos;
    private double tokens;
    private long filledAt;

    /**
     * A full bucket.
     *
     * @param nanos the time, as {@link System#nanoTime()} gives it
     */
    RateMeter(Rate rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
        this.tokens = rate.burst();
        this.filledAt = nanos.getAsLong();
    }

    /** Takes a token; or returns the time until there is one. */
    synchronized Optional<Duration> take() {
        long now = nanos.getAsLong();
        double filled = tokens + (now - filledAt) / SECOND * rate.perSecond();
        tokens = Math.min(filled, rate.burst());
        filledAt = now;
        if (tokens < 1) {
            return Optional.of(
                    Duration.ofNanos((long) Math.ceil((1 - tokens) / rate.perSecond() * SECOND)));
        }
        tokens--;
        return Optional.empty();
    }

    /** Returns a token that was not used. */
    synchronized void giveBack() {
        tokens = Math.min(tokens + 1, rate.burst());
    }
}
