package dev.jetway.cgi;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of platform threads for guests and a bounded queue before them. A request waits
 * in the queue for a bounded time only. Safe to share between threads.
 */
public final class GuestPool implements Admission, AutoCloseable {
    /** What a refused client is told. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Stack of a guest thread: interpreters recurse deeply. Only touched pages cost memory. */
    private static final long STACK_BYTES = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(GuestPool.class);

    private final int maximumWaiting;
    private final Duration maximumWait;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int free;

    /**
     * A pool.
     *
     * @param size guests that run at once
     * @param maximumWaiting requests that wait for a thread
     * @param maximumWait how long one waits
     */
    public GuestPool(int size, int maximumWaiting, Duration maximumWait) {
        this.free = size;
        this.maximumWaiting = maximumWaiting;
        this.maximumWait = maximumWait;
        var builder = Thread.ofPlatform().name("jetway-guest-", 0).daemon();
        // The queue of the executor stays short: a task is only handed over with a free thread.
        this.threads =
                new ThreadPoolExecutor(
                        size,
                        size,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        builder.stackSize(STACK_BYTES).factory());
        var scheduled =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("jetway-admission").daemon().factory());
        scheduled.setRemoveOnCancelPolicy(true);
        this.timer = scheduled;
    }

    @Override
    public void admit(Runnable guest, Consumer<Duration> refused) {
        var waiting = new Waiting(guest, refused);
        boolean run = false;
        boolean refuse = false;
        synchronized (queue) {
            if (free > 0) {
                free--;
                run = true;
            } else if (queue.size() >= maximumWaiting) {
                refuse = true;
            } else {
                queue.add(waiting);
            }
        }
        if (run) {
            threads.execute(() -> work(guest));
        } else if (refuse) {
            refused.accept(RETRY_AFTER);
        } else {
            var _ =
                    timer.schedule(
                            () -> giveUp(waiting), maximumWait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Requests that wait for a thread now. */
    public int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    private void work(Runnable first) {
        Runnable guest = first;
        while (guest != null) {
            try {
                guest.run();
            } catch (RuntimeException | Error e) {
                LOG.error("a guest's thread met a fault of the server", e);
            }
            guest = next();
        }
    }

    private @Nullable Runnable next() {
        synchronized (queue) {
            Waiting waiting = queue.poll();
            if (waiting == null) {
                free++;
                return null;
            }
            return waiting.guest();
        }
    }

    private void giveUp(Waiting waiting) {
        boolean waited;
        synchronized (queue) {
            waited = queue.remove(waiting);
        }
        if (waited) {
            waiting.refused().accept(RETRY_AFTER);
        }
    }

    /** Takes no more guests and interrupts those that run. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }

    /** A request in the queue; two are never equal. */
    private static final class Waiting {
        private final Runnable guest;
        private final Consumer<Duration> refused;

        Waiting(Runnable guest, Consumer<Duration> refused) {
            this.guest = guest;
            this.refused = refused;
        }

        Runnable guest() {
            return guest;
        }

        Consumer<Duration> refused() {
            return refused;
        }
    }
}
