package dev.jetway.jetty;

import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's threads for connections, but for one piece of work: when a guest's thread has ended a
 * response, it looks itself whether the connection has another request. To wake a thread for that
 * takes longer than to do it. Safe to share between threads.
 */
public final class ConnectionThreads extends QueuedThreadPool {
    private static final ThreadLocal<Next> NEXT = ThreadLocal.withInitial(Next::new);

    /** At most so many threads. */
    public ConnectionThreads(int most) {
        super(most);
    }

    /**
     * Ends a response on the calling thread, and then does there what Jetty would have had done by
     * one of these threads: to go on with the connection. Only for work that never blocks.
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
        Next next = NEXT.get();
        if (next.awaited && next.work == null) {
            next.work = job;
        } else {
            super.execute(job);
        }
    }

    /** What the thread is about to do next. */
    private static final class Next {
        private boolean awaited;
        private @Nullable Runnable work;
    }
}
