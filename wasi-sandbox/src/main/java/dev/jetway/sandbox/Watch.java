package dev.jetway.sandbox;

import java.time.Duration;
import java.util.OptionalLong;
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
        CPU_LIMIT,
        CANCELLED
    }

    /** Within it a guest ends that was told to. */
    static final Duration GRACE = Duration.ofMillis(50);

    private final Duration wallTime;
    private final long cpuTime;
    private final Runnable pulse;
    private @Nullable Thread running;
    private boolean waiting;
    private long waitsSince;
    private long deadline;
    private long waitLeft;
    private boolean cpuSeen;
    private long cpuStart;
    private long nextCpuLook;
    private Verdict verdict = Verdict.NONE;
    private long verdictAt;

    Watch(GuestLimits limits, Runnable pulse) {
        this.wallTime = limits.wallTime();
        this.cpuTime = limits.cpuTime().toNanos();
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
            decide(Verdict.CANCELLED, System.nanoTime());
        }
        if (running != null) {
            running.interrupt();
        }
    }

    /** Of the run that has ended, by its own thread: nanoseconds, if the watch ever looked. */
    synchronized OptionalLong cpuTime() {
        return cpuSeen
                ? OptionalLong.of(CpuClock.of(Thread.currentThread()) - cpuStart)
                : OptionalLong.empty();
    }

    private void decide(Verdict decided, long now) {
        verdict = decided;
        verdictAt = now;
    }

    /** Whether the run was told to end longer than {@link #GRACE} ago and has not. */
    synchronized boolean isOverdue(long now) {
        return running != null && verdict != Verdict.NONE && now - verdictAt > GRACE.toNanos();
    }

    void look(long now) {
        synchronized (this) {
            Thread thread = running;
            if (thread == null) {
                return;
            }
            if (verdict == Verdict.NONE) {
                if (isLate(now)) {
                    // A client that is slow for that long is as good as gone.
                    decide(waiting ? Verdict.CANCELLED : Verdict.TIME_LIMIT, now);
                } else if (!waiting && hasUsedItsCpuTime(thread, now)) {
                    decide(Verdict.CPU_LIMIT, now);
                }
            }
            // A guest's host call may have swallowed an earlier interrupt: say it again.
            if (verdict != Verdict.NONE) {
                thread.interrupt();
            }
        }
        pulse.run();
    }

    private boolean isLate(long now) {
        return waiting ? now - waitsSince >= waitLeft : now - deadline >= 0;
    }

    /**
     * Counts from the first look on, at most one period late: most runs are over before. The clock
     * is not read again before so much time has passed as the guest has left.
     */
    private boolean hasUsedItsCpuTime(Thread thread, long now) {
        if (cpuSeen && now - nextCpuLook < 0) {
            return false;
        }
        long cpu = CpuClock.of(thread);
        if (!cpuSeen) {
            cpuSeen = true;
            cpuStart = cpu;
        }
        long left = cpuTime - (cpu - cpuStart);
        nextCpuLook = now + left;
        return left <= 0;
    }
}
