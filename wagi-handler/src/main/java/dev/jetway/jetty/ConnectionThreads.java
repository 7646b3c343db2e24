package dev.jetway.jetty;

import dev.jetway.admission.SelectorThread;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.ExecutionStrategy;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's threads for connections, with two exceptions. A {@link SelectorThread} is not replaced
 * before it runs a task, but only if it has to be. When a guest's thread has ended a response, it
 * checks itself for the connection's next request, which takes less time than waking a thread. Safe
 * to share between threads.
 */
public final class ConnectionThreads extends QueuedThreadPool {
    private static final ThreadLocal<Next> NEXT = ThreadLocal.withInitial(Next::new);

    /** A pool with a maximum of threads. */
    public ConnectionThreads(int most) {
        super(most);
    }

    /**
     * Ends a response on the calling thread, and then continues the connection there, which Jetty
     * would leave to one of these threads. Only for work that never blocks.
     */
    static void finish(Runnable last) {
        Next next = NEXT.get();
        next.awaited = true;
        try {
            last.run();
        } finally {
            next.awaited = false;
            Runnable work = next.work;
            next.work = null;
            if (work != null) {
                work.run();
            }
        }
    }

    @Override
    public void execute(Runnable job) {
        if (!isTaken(job)) {
            super.execute(job);
        }
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return isOffered(task)
                ? ((SelectorThread) Thread.currentThread()).offer(task)
                : super.tryExecute(task);
    }

    /** Takes a job for the thread that ends a response, if there is one here. */
    private static boolean isTaken(Runnable job) {
        Next next = NEXT.get();
        // Other jobs may last: Jetty starts threads that wait for work, for example.
        if (!next.awaited || next.work != null || !(job instanceof Connection)) {
            return false;
        }
        next.work = job;
        return true;
    }

    private static boolean isOffered(Runnable task) {
        return task instanceof ExecutionStrategy
                && Thread.currentThread() instanceof SelectorThread;
    }

    /** The threads of somebody else's server, with the same exceptions. */
    static TryExecutor over(Executor threads) {
        TryExecutor pool = TryExecutor.asTryExecutor(threads);
        return new TryExecutor() {
            @Override
            public void execute(Runnable job) {
                if (!isTaken(job)) {
                    pool.execute(job);
                }
            }

            @Override
            public boolean tryExecute(Runnable task) {
                return isOffered(task)
                        ? ((SelectorThread) Thread.currentThread()).offer(task)
                        : pool.tryExecute(task);
            }
        };
    }

    /** The next work of a thread. */
    private static final class Next {
        private boolean awaited;
        private @Nullable Runnable work;
    }
}
