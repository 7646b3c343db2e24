package dev.jetway.sandbox.host;

import java.time.Duration;
import java.time.Instant;

/** The clocks of guests, and the way to wait for them. Safe to share between threads. */
public interface Clocks {
    /** The host's own. */
    Clocks SYSTEM =
            new Clocks() {
                @Override
                public Instant realtime() {
                    return Instant.now();
                }

                @Override
                public long monotonic() {
                    return System.nanoTime();
                }

                @Override
                public void sleep(Duration time) throws InterruptedException {
                    Thread.sleep(time);
                }
            };

    /** The time of day. */
    Instant realtime();

    /** Nanoseconds since anything; never goes back. */
    long monotonic();

    /** Waits at least that long. */
    void sleep(Duration time) throws InterruptedException;
}
