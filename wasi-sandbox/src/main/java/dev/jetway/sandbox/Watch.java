package dev.jetway.sandbox;

import dev.jetway.module.memory.LinearMemory;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run. It tells the run to end by a flag of its memory, which compiled code checks, and
 * by an interrupt for everything else. Both are sent only between {@link #start} and {@link #stop},
 * under the lock, so that they cannot hit the thread's next work.
 */
final class Watch {
    /** Why the run was told to end. */
    enum Verdict {
        NONE,
        TIME_LIMIT,
        CPU_LIMIT,
        CANCELLED
    }

    /** Time in which a guest ends that was told to. */
    static final Duration GRACE = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration wallTime;
    private final long cpuTime;
    private final LongConsumer tick;
    private @Nullable Thread running;
    private @Nullable LinearMemory memory;
    private boolean waiting;
    private long waitingSince;
    private long deadline;
    private long remainingWait;
    private boolean cpuSeen;
    private long cpuStart;
    private long cpuUsed;
    private volatile boolean cancelled;
    private Verdict verdict = Verdict.NONE;
    private long verdictAt;

    Watch(GuestLimits limits, LongConsumer tick) {
        this.wallTime = limits.wallTime();
        this.cpuTime = limits.cpuTime().toNanos();
        this.remainingWait = limits.clientWait().toNanos();
        this.tick = tick;
    }

    /**
     * Called by the thread that is about to run the guest.
     *
     * @param now the time, as {@link System#nanoTime()} gives it
     */
    void start(long now) {
        lock.lock();
        try {
            running = Thread.currentThread();
            deadline = now + wallTime.toNanos();
            if (cancelled) {
                endIfDue(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called by the same thread when the guest's memory exists: compiled code checks the flag
     * there.
     */
    void guard(LinearMemory guarded) {
        lock.lock();
        try {
            memory = guarded;
            guarded.stopped = verdict != Verdict.NONE;
        } finally {
            lock.unlock();
        }
    }

    /** Called by the same thread when the guest has ended; leaves the thread uninterrupted. */
    Verdict stop() {
        lock.lock();
        try {
            if (cpuSeen) {
                readCpuClock(Thread.currentThread());
            }
            running = null;
            Thread.interrupted();
            if (memory != null) {
                memory.stopped = false;
            }
            memory = null;
            return verdict;
        } finally {
            lock.unlock();
        }
    }

    /** The run's thread begins to wait for its client: its wall time stands still. */
    void pause() {
        lock.lock();
        try {
            waiting = true;
            waitingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** The wait is over. */
    void resume() {
        lock.lock();
        try {
            long waited = System.nanoTime() - waitingSince;
            waiting = false;
            remainingWait -= waited;
            deadline += waited;
        } finally {
            lock.unlock();
        }
    }

    /** Never waits: if the run's thread holds the lock, the next tick continues. */
    void cancel() {
        cancelled = true;
        if (lock.tryLock()) {
            try {
                endIfDue(System.nanoTime());
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * CPU time of the run in nanoseconds, for its own thread after {@link #stop}; empty if the
     * watch never looked.
     */
    OptionalLong cpuTime() {
        return cpuSeen ? OptionalLong.of(cpuUsed) : OptionalLong.empty();
    }

    /** Whether the run goes on though it was told to end more than {@link #GRACE} ago. */
    boolean isOverdue(long now) {
        lock.lock();
        try {
            return running != null && verdict != Verdict.NONE && now - verdictAt > GRACE.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Never waits: the run's thread may be preempted while it holds the lock. */
    void look(long now) {
        if (!lock.tryLock()) {
            return;
        }
        long used;
        try {
            if (running == null) {
                return;
            }
            readCpuClock(running);
            used = cpuUsed;
            endIfDue(now);
        } finally {
            lock.unlock();
        }
        tick.accept(used);
    }

    /** Under the lock. */
    private void endIfDue(long now) {
        Thread thread = running;
        if (thread == null) {
            return;
        }
        if (verdict == Verdict.NONE) {
            verdict = verdict(now);
            verdictAt = now;
        }
        // A host call may have swallowed an earlier interrupt, so it is sent again.
        if (verdict != Verdict.NONE) {
            if (memory != null) {
                memory.stopped = true;
            }
            thread.interrupt();
        }
    }

    private Verdict verdict(long now) {
        if (cancelled) {
            return Verdict.CANCELLED;
        }
        if (isLate(now)) {
            // A client that is this slow is treated as gone.
            return waiting ? Verdict.CANCELLED : Verdict.TIME_LIMIT;
        }
        return !waiting && cpuUsed >= cpuTime ? Verdict.CPU_LIMIT : Verdict.NONE;
    }

    private boolean isLate(long now) {
        return waiting ? now - waitingSince >= remainingWait : now - deadline >= 0;
    }

    /** Counts from the first tick on, at most one period late: most runs have ended before. */
    private void readCpuClock(Thread thread) {
        long cpu = CpuClock.of(thread);
        if (!cpuSeen) {
            cpuSeen = true;
            cpuStart = cpu;
        }
        cpuUsed = cpu - cpuStart;
    }
}
