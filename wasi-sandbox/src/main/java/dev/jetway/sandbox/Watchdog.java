package dev.jetway.sandbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that looks at every running guest each {@link #PERIOD}: it interrupts guests past
 * their time or cancelled, repeatedly until they have ended, and calls their ticks. A scan costs
 * less than a timer for each request. Safe to share between threads.
 */
final class Watchdog implements AutoCloseable {
    /** Time between two looks: an interrupt comes at most this late. */
    static final Duration PERIOD = Duration.ofMillis(10);

    /** Time without a guest after which it waits for one instead of looking. */
    static final Duration IDLE = Duration.ofMillis(200);

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean waits;

    // The one thread that must run while guests use every core.
    @SuppressWarnings("ThreadPriorityCheck")
    Watchdog() {
        thread =
                Thread.ofPlatform()
                        .name("jetway-watchdog")
                        .daemon()
                        .priority(Thread.MAX_PRIORITY)
                        .start(this::scan);
    }

    /** Watches a run until {@link #remove}. */
    void add(Watch watch) {
        watches.add(watch);
        if (waits) {
            LockSupport.unpark(thread);
        }
    }

    void remove(Watch watch) {
        watches.remove(watch);
    }

    /**
     * Number of guests that still run more than {@link Watch#GRACE} after they were told to end.
     */
    int overdue() {
        long now = System.nanoTime();
        return (int) watches.stream().filter(w -> w.isOverdue(now)).count();
    }

    /** Survives every failure: without this thread no guest has a limit. */
    private void scan() {
        long seenAt = System.nanoTime();
        while (!closed) {
            long now = System.nanoTime();
            try {
                look(now);
            } catch (RuntimeException | OutOfMemoryError e) {
                // The next look comes soon; there may be no memory for a message.
                LockSupport.parkNanos(1);
            }
            if (!watches.isEmpty()) {
                seenAt = now;
            }
            if (now - seenAt < IDLE.toNanos()) {
                LockSupport.parkNanos(PERIOD.toNanos());
            } else {
                awaitGuest();
                seenAt = System.nanoTime();
            }
        }
    }

    private void awaitGuest() {
        waits = true;
        // A guest that comes after this look sees that the thread waits.
        while (watches.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        waits = false;
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
            // The other guests have limits too, and the next look at this one comes soon.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
