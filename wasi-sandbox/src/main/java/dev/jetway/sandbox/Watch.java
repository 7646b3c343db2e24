package dev.jetway.sandbox;

import dev.jetway.module.memory.LinearMemory;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one run. It is told to end by its memory's flag, at which compiled code looks, and
 * by an interrupt, for all else. Both are only ever sent between {@link #start} and {@link #stop},
 * under the lock, so that it cannot hit what the thread does next.
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration wallTime;
    private final long cpuTime;
    private final LongConsumer tick;
    private @Nullable Thread running;
    private @Nullable LinearMemory memory;
    private boolean waiting;
    private long waitsSince;
    private long deadline;
    private long waitLeft;
    private boolean cpuSeen;
    private long cpuStart;
    private long cpuUsed;
    private volatile boolean cancelled;
    private Verdict verdict = Verdict.NONE;
    private long verdictAt;

    Watch(GuestLimits limits, LongConsumer tick) {
        this.wallTime = limits.wallTime();
        this.cpuTime = limits.cpuTime().toNanos();
        this.waitLeft = limits.clientWait().toNanos();
        this.tick = tick;
    }

    /** Called by the thread that is about to run the guest. */
    void start() {
        lock.lock();
        try {
            running = Thread.currentThread();
            deadline = System.nanoTime() + wallTime.toNanos();
            if (cancelled) {
                act(System.nanoTime());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called by the same thread when the guest has got its memory: compiled code looks there. */
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
            waitsSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** The wait is over. */
    void resume() {
        lock.lock();
        try {
            long waited = System.nanoTime() - waitsSince;
            waiting = false;
            waitLeft -= waited;
            deadline += waited;
        } finally {
            lock.unlock();
        }
    }

    /** Never waits: if the run's thread is at work here, the next tick continues. */
    void cancel() {
        cancelled = true;
        if (lock.tryLock()) {
            try {
                act(System.nanoTime());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Of the run that has ended, by its own thread: nanoseconds, if the watch ever looked. */
    OptionalLong cpuTime() {
        lock.lock();
        try {
            return cpuSeen
                    ? OptionalLong.of(CpuClock.of(Thread.currentThread()) - cpuStart)
                    : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the run was told to end longer than {@link #GRACE} ago and has not. */
    boolean isOverdue(long now) {
        lock.lock();
        try {
            return running != null && verdict != Verdict.NONE && now - verdictAt > GRACE.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Never waits: the run's thread may wait for a processor while it is at work here. */
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
            act(now);
        } finally {
            lock.unlock();
        }
        tick.accept(used);
    }

    /** Under the lock. */
    private void act(long now) {
        Thread thread = running;
        if (thread == null) {
            return;
        }
        if (verdict == Verdict.NONE) {
            verdict = verdict(now);
            verdictAt = now;
        }
        // A guest's host call may have swallowed an earlier interrupt: say it again.
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
            // A client that is slow for that long is treated as gone.
            return waiting ? Verdict.CANCELLED : Verdict.TIME_LIMIT;
        }
        return !waiting && cpuUsed >= cpuTime ? Verdict.CPU_LIMIT : Verdict.NONE;
    }

    private boolean isLate(long now) {
        return waiting ? now - waitsSince >= waitLeft : now - deadline >= 0;
    }

    /** Counts from the first look on, at most one period late: most runs are over before. */
    private void readCpuClock(Thread thread) {
        long cpu = CpuClock.of(thread);
        if (!cpuSeen) {
            cpuSeen = true;
            cpuStart = cpu;
        }
        cpuUsed = cpu - cpuStart;
    }
}
