package dev.jetway.admission;

/**
 * The use that a guest makes of the thread of its connection, from its begin until it ends or
 * another thread takes over the connections. Safe to share between threads.
 */
final class SelectorLease {
    private final SelectorThread thread;
    private final long begun;
    private volatile boolean left;
    private volatile long held;

    /**
     * The lease of a guest that begins now.
     *
     * @param now nanoseconds of the scheduler's clock
     */
    SelectorLease(SelectorThread thread, long now) {
        this.thread = thread;
        this.begun = now;
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

    /** Whether the guest holds up connections for longer than a short one. */
    boolean isDue(long now) {
        return now - begun >= ShortRuns.SHORT.toNanos();
    }

    /** Nanoseconds for which the guest has held up connections. */
    long held(long now) {
        return left ? held : now - begun;
    }
}
