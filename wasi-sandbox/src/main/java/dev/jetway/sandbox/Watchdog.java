package dev.jetway.sandbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that looks at every running guest each {@link #PERIOD}: it interrupts those past their
 * time or cancelled, again until they have ended, and gives each its pulse. A scan costs less than
 * a timer a request would. Safe to share between threads.
 */
final class Watchdog implements AutoCloseable {
    /** How late an interrupt may come. */
    static final Duration PERIOD = Duration.ofMillis(10);

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    // The one thread that must run while guests use up every core.
    @SuppressWarnings("ThreadPriorityCheck")
    Watchdog() {
        thread =
                Thread.ofPlatform()
                        .name("jetway-watchdog")
                        .daemon()
                        .priority(Thread.MAX_PRIORITY)
                        .start(this::scan);
    }

    /** Watches until {@link #remove}. */
    void add(Watch watch) {
        watches.add(watch);
    }

    void remove(Watch watch) {
        watches.remove(watch);
    }

    /** Guests that were told to end longer than {@link Watch#GRACE} ago and still run. */
    int overdue() {
        long now = System.nanoTime();
        return (int) watches.stream().filter(w -> w.isOverdue(now)).count();
    }

    /** Whatever happens it goes on: without this thread no guest has a limit. */
    private void scan() {
        while (!closed) {
            try {
                look(System.nanoTime());
            } catch (RuntimeException | OutOfMemoryError e) {
                // The next look comes soon; there may be no memory to say it.
                LockSupport.parkNanos(1);
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }

    private void look(long now) {
        for (Watch watch : watches) {
            look(watch, now);
        }
    }

    private static void look(Watch watch, long now) {
        try {
            watch.look(now);
        } catch (RuntimeException | OutOfMemoryError e) {
            // The others have their limits too, and the next look at this one comes soon.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
