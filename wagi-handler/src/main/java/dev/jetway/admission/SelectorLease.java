package dev.jetway.admission;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The use that a guest makes of the thread of its connection, from its begin until it ends or
 * another thread takes over the connections. Safe to share between threads.
 */
final class SelectorLease {
    /** Maximum time that a guest may wait for a processor, or for a disk. */
    static final Duration WAIT = Duration.ofMillis(10);

    private final SelectorThread thread;
    private final long begun;
    private final LongSupplier busy;
    private volatile boolean left;
    private volatile long held;

    /**
     * The lease of a guest that begins now.
     *
     * @param now nanoseconds of the scheduler's clock
     * @param busy processor time of the guest up to now in nanoseconds, for any thread
     */
    SelectorLease(SelectorThread thread, long now, LongSupplier busy) {
        this.thread = thread;
        this.begun = now;
        this.busy = busy;
    }

    /** The thread, which belongs to the guest once the lease is over. */
    SelectorThread thread() {
        return thread;
    }

    /** Has another thread take over the connections, once; false if the lease is over. */
    boolean leave(long now) {
        // A late call for the guest before may have started the successor.
        if (left || !(thread.handOver() || thread.hasSuccessor())) {
            return false;
        }
        held = now - begun;
        left = true;
        return true;
    }

    /** Whether another thread serves the connections. */
    boolean isLeft() {
        return left;
    }

    /**
     * Whether the guest holds up connections for longer than a short one: it runs, or it waits for
     * more than a processor. Others that keep the thread from running would keep a successor too.
     */
    boolean isDue(long now) {
        long held = now - begun;
        return held >= WAIT.toNanos()
                || (held >= ShortRuns.SHORT.toNanos()
                        && busy.getAsLong() >= ShortRuns.SHORT.toNanos());
    }

    /** Nanoseconds for which the guest has held up connections. */
    long held(long now) {
        return left ? held : now - begun;
    }
}
