package dev.jetway.cgi;

import dev.jetway.sandbox.Wait;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of places for guests, each with a platform thread, and a bounded queue before
 * them. A request waits in the queue for a bounded time only. A guest that waits for its client
 * leaves its place to another; if more than a bounded number do, the one that has waited longest is
 * ended: who holds many slow connections loses them to those that come. Safe to share between
 * threads.
 */
public final class GuestPool implements Admission, AutoCloseable {
    /** What a refused client is told. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Stack of a guest thread: interpreters recurse deeply. Only touched pages cost memory. */
    private static final long STACK_BYTES = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(GuestPool.class);

    /** How long a thread without a place or a task is kept. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final int size;
    private final int maximumWaiting;
    private final int maximumParked;
    private final Duration maximumWait;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private final SequencedSet<Parked> parked = new LinkedHashSet<>();
    private int free;
    private int returning;

    /**
     * A pool.
     *
     * @param size guests that run at once
     * @param maximumWaiting requests that wait for a place
     * @param maximumWait how long one waits
     * @param maximumParked guests that wait for their clients without a place
     */
    public GuestPool(int size, int maximumWaiting, Duration maximumWait, int maximumParked) {
        this.size = size;
        this.free = size;
        this.maximumParked = maximumParked;
        this.maximumWaiting = maximumWaiting;
        this.maximumWait = maximumWait;
        var builder = Thread.ofPlatform().name("jetway-guest-", 0).daemon();
        // A task is only handed over with a place: the places and the parked bound the threads.
        this.threads =
                new ThreadPoolExecutor(
                        size,
                        Integer.MAX_VALUE,
                        IDLE.toSeconds(),
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
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
            if (free > returning) {
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

    @Override
    public void park(Wait wait, Runnable end) throws InterruptedException {
        var own = new Parked(end);
        leave(own);
        boolean came = false;
        try {
            wait.await();
            came = true;
        } finally {
            comeBack(own, came);
        }
    }

    /** Gives the place away, to a request in the queue if there is one. */
    private void leave(Parked own) {
        Waiting next;
        Parked longest = null;
        synchronized (queue) {
            if (parked.size() >= maximumParked) {
                longest = parked.removeFirst();
            }
            parked.addLast(own);
            next = give();
        }
        if (longest != null) {
            longest.end().run();
        }
        if (next != null) {
            threads.execute(() -> work(next.guest()));
        }
    }

    /**
     * Takes a place before any new guest does. One that was interrupted is about to end: it takes
     * one that is not there rather than wait.
     */
    private void comeBack(Parked own, boolean patient) throws InterruptedException {
        synchronized (queue) {
            returning++;
            try {
                while (patient && free <= 0) {
                    queue.wait();
                }
            } finally {
                free--;
                returning--;
                parked.remove(own);
            }
        }
    }

    /** Under the lock: a place has become free. Who comes back has it first, then the queue. */
    private @Nullable Waiting give() {
        Waiting waiting = free >= returning ? queue.poll() : null;
        if (waiting == null) {
            free++;
            queue.notify();
        }
        return waiting;
    }

    /** Guests that wait for their clients now, without a place. */
    public int parked() {
        synchronized (queue) {
            return parked.size();
        }
    }

    /** Guests whose clients have come back, and that wait for a place now. */
    int returning() {
        synchronized (queue) {
            return returning;
        }
    }

    /** Guests that run now. */
    public int running() {
        synchronized (queue) {
            return size - free;
        }
    }

    /** Requests that wait for a place now. */
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
            Waiting waiting = give();
            return waiting == null ? null : waiting.guest();
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

    /** A guest that waits for its client; two are never equal. */
    private static final class Parked {
        private final Runnable end;

        Parked(Runnable end) {
            this.end = end;
        }

        Runnable end() {
            return end;
        }
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
