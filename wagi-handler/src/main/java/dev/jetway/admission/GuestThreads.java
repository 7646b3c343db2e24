package dev.jetway.admission;

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
 * Threads for guests: made when none is idle, kept for a while. How many there are is bounded by
 * those who have work done. A thread that has come behind others ends without a lock and without
 * making another: a new thread would inherit how far behind it is (sched(7)). Safe to share between
 * threads.
 */
final class GuestThreads implements AutoCloseable {
    /** How long a thread without work is kept. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private static final ThreadLocal<ThreadNice> NICE =
            ThreadLocal.withInitial(ThreadNice::ofThisThread);

    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Thread> all = new HashSet<>();
    private boolean closed;

    /** How far behind others the calling thread is. */
    static ThreadNice nice() {
        return NICE.get();
    }

    /**
     * Has work done by a thread that is as good as any other.
     *
     * @param work says whether the thread still is, at its end
     * @throws RejectedExecutionException if this is closed
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

    private synchronized void beIdle(Worker worker) {
        idle.addLast(worker);
    }

    private synchronized boolean stopBeingIdle(Worker worker) {
        return idle.remove(worker);
    }

    private synchronized void forget(Thread thread) {
        all.remove(thread);
    }

    /** Takes no more work and interrupts what is being done. */
    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(Thread::interrupt);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** A thread and what it does next; two are never equal. */
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

        /** What is to be done next; null if nothing came for long. */
        private @Nullable BooleanSupplier await() {
            long until = System.nanoTime() + IDLE.toNanos();
            while (work == null) {
                long left = until - System.nanoTime();
                if ((left <= 0 || isClosed()) && stopBeingIdle(this)) {
                    return null;
                }
                // Taken by somebody who is about to say for what, if it is not idle any more.
                LockSupport.parkNanos(this, Math.max(left, 1_000_000));
                var _ = Thread.interrupted();
            }
            return work;
        }
    }
}
