package dev.jetway.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one run. An interrupt is only ever sent between {@link #start} and {@link #stop},
 * under this object's lock, so that it cannot hit what the thread does next.
 */
final class Watch {
    /** Why the run was told to end. */
    enum Verdict {
        NONE,
        TIME_LIMIT,
        CANCELLED
    }

    private final long limitNanos;
    private final Runnable pulse;
    private @Nullable Thread running;
    private long deadline;
    private Verdict verdict = Verdict.NONE;

    Watch(Duration limit, Runnable pulse) {
        this.limitNanos = limit.toNanos();
        this.pulse = pulse;
    }

    /** Called by the thread that is about to run the guest. */
    synchronized void start() {
        running = Thread.currentThread();
        deadline = System.nanoTime() + limitNanos;
        if (verdict != Verdict.NONE) {
            running.interrupt();
        }
    }

    /** Called by the same thread when the guest has ended; leaves the thread uninterrupted. */
    synchronized Verdict stop() {
        running = null;
        Thread.interrupted();
        return verdict;
    }

    synchronized void cancel() {
        if (verdict == Verdict.NONE) {
            verdict = Verdict.CANCELLED;
        }
        if (running != null) {
            running.interrupt();
        }
    }

    void look(long now) {
        synchronized (this) {
            if (running == null) {
                return;
            }
            if (verdict == Verdict.NONE && now - deadline >= 0) {
                verdict = Verdict.TIME_LIMIT;
            }
            // A guest's host call may have swallowed an earlier interrupt: say it again.
            if (verdict != Verdict.NONE) {
                running.interrupt();
            }
        }
        pulse.run();
    }
}
