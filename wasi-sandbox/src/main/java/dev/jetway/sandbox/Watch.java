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

    private final Duration wallTime;
    private final Runnable pulse;
    private @Nullable Thread running;
    private boolean waiting;
    private long waitsSince;
    private long deadline;
    private long waitLeft;
    private Verdict verdict = Verdict.NONE;

    Watch(GuestLimits limits, Runnable pulse) {
        this.wallTime = limits.wallTime();
        this.waitLeft = limits.clientWait().toNanos();
        this.pulse = pulse;
    }

    /** Called by the thread that is about to run the guest. */
    synchronized void start() {
        running = Thread.currentThread();
        deadline = System.nanoTime() + wallTime.toNanos();
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

    /** The run's thread begins to wait for its client: its wall time stands still. */
    synchronized void pause() {
        waiting = true;
        waitsSince = System.nanoTime();
    }

    /** The wait is over. */
    synchronized void resume() {
        long waited = System.nanoTime() - waitsSince;
        waiting = false;
        waitLeft -= waited;
        deadline += waited;
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
            if (verdict == Verdict.NONE && isLate(now)) {
                // A client that is slow for that long is as good as gone.
                verdict = waiting ? Verdict.CANCELLED : Verdict.TIME_LIMIT;
            }
            // A guest's host call may have swallowed an earlier interrupt: say it again.
            if (verdict != Verdict.NONE) {
                running.interrupt();
            }
        }
        pulse.run();
    }

    private boolean isLate(long now) {
        return waiting ? now - waitsSince >= waitLeft : now - deadline >= 0;
    }
}
