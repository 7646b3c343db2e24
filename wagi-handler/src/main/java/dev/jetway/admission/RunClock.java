package dev.jetway.admission;

import java.util.function.LongSupplier;

/**
 * Tells runs that keep a processor busy for long from those whose thread had to wait for one: by
 * the processor time of the thread, which is read seldom, as a system call costs more than all else
 * here. Used by one thread.
 */
final class RunClock {
    /** Time for which a reading is used, and so the error of {@link #busy}. */
    private static final long PRECISION = ShortRuns.SHORT.toNanos();

    private final LongSupplier cpu;
    private boolean isRead;
    private long readAt;
    private long reading;

    /**
     * A clock for one thread.
     *
     * @param cpu processor time of the thread in nanoseconds
     */
    RunClock(LongSupplier cpu) {
        this.cpu = cpu;
    }

    /** A run begins now. */
    void begin(long now) {
        if (!isRead || now - readAt > PRECISION) {
            isRead = true;
            readAt = now;
            reading = cpu.getAsLong();
        }
    }

    /** Processor time of the thread when the run began, or up to {@link ShortRuns#SHORT} more. */
    long at(long begun) {
        return reading + Math.max(0, begun - readAt);
    }

    /**
     * Processor time of a run in nanoseconds, or up to {@link ShortRuns#SHORT} less; 0 for a run
     * that took no longer than that.
     */
    long busy(long begun, long now) {
        if (now - begun <= ShortRuns.SHORT.toNanos()) {
            return 0;
        }
        return Math.clamp(cpu.getAsLong() - at(begun), 0, now - begun);
    }
}
