package dev.jetway.admission;

import dev.jetway.sandbox.CpuClock;
import dev.jetway.sandbox.GuestThread;
import dev.jetway.sandbox.process.ThreadNice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads for guests: started when none is idle, and kept idle for a while. Their number is bounded
 * by the callers. A thread with a lowered priority ends without a lock and without a successor of
 * its own: a new thread would inherit the priority (sched(7)). Safe to share between threads.
 */
final class GuestThreads implements AutoCloseable {
    /** Time for which an idle thread is kept. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private static final ThreadLocal<ThreadNice> NICE =
            ThreadLocal.withInitial(ThreadNice::ofThisThread);

    private static final ThreadLocal<RunClock> CLOCK =
            ThreadLocal.withInitial(() -> new RunClock(CpuClock::ofThisThread));

    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Thread> all = new HashSet<>();
    private boolean closed;

    /** The nice level of the calling thread. */
    static ThreadNice nice() {
        return NICE.get();
    }

    /** The clock for the runs of the calling thread. */
    static RunClock clock() {
        return CLOCK.get();
    }

    /**
     * Runs work on a thread at the nice level of guests.
     *
     * @param work tells whether the thread still has that level at the end
     * @throws RejectedExecutionException after {@link #close}
     */
    void execute(BooleanSupplier work) {
        Worker worker;
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            worker = idle.pollLast();
        }
        if (worker == null) {
            new Worker(work).start();
        } else {
            worker.take(work);
        }
    }

    private synchronized boolean register(Thread thread) {
        all.removeIf(t -> t.getState() == Thread.State.TERMINATED);
        return !closed && all.add(thread);
    }

    /** Takes a thread that runs a guest and ends with it: {@link #close} interrupts it too. */
    void adopt(Thread thread) {
        if (!register(thread)) {
            thread.interrupt();
        }
    }

    private synchronized void beIdle(Worker worker) {
        idle.addLast(worker);
    }

    private synchronized boolean stopBeingIdle(Worker worker) {
        return idle.remove(worker);
    }

    private synchronized void forget(Thread thread) {
        all.remove(thread);
    }

    /** Refuses new work and interrupts running work. */
    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(Thread::interrupt);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** A thread with its next work; two are never equal. */
    private final class Worker {
        private volatile @Nullable BooleanSupplier work;
        private final Thread thread;

        Worker(BooleanSupplier first) {
            this.work = first;
            this.thread = GuestThread.builder().unstarted(this::run);
        }

        void start() {
            if (!register(thread)) {
                throw new RejectedExecutionException("closed");
            }
            thread.start();
        }

        void take(BooleanSupplier next) {
            work = next;
            LockSupport.unpark(thread);
        }

        private void run() {
            nice().set(ThreadNice.GUEST);
            BooleanSupplier own = work;
            while (own != null) {
                work = null;
                if (!own.getAsBoolean()) {
                    return;
                }
                beIdle(this);
                own = await();
            }
            forget(thread);
        }

        /** The next work; null after {@link #IDLE} without any. */
        private @Nullable BooleanSupplier await() {
            long until = System.nanoTime() + IDLE.toNanos();
            while (work == null) {
                long left = until - System.nanoTime();
                if ((left <= 0 || isClosed()) && stopBeingIdle(this)) {
                    return null;
                }
                // If not idle any more, a caller is about to hand over work.
                LockSupport.parkNanos(this, Math.max(left, 1_000_000));
                var _ = Thread.interrupted();
            }
            return work;
        }
    }
}
