package dev.jetway.admission;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completions of guests whose own threads run at a lowered priority, and so must not hold anything
 * that others wait for: one thread of normal priority passes them to others. Safe to share between
 * threads.
 */
final class DeferredCompletions implements AutoCloseable {
    /** Time until a completion for which there was no thread is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeferredCompletions.class);

    private final Queue<BooleanSupplier> completions = new ConcurrentLinkedQueue<>();
    private final Consumer<BooleanSupplier> threads;
    private final Thread passer =
            Thread.ofPlatform().name("jetway-completions").daemon().unstarted(this::passOn);
    private volatile boolean closed;

    /**
     * No completions yet. The calling thread has normal priority, which that of the completions
     * inherits.
     *
     * @param threads run the completions; they throw an {@link OutOfMemoryError} if there is none
     */
    DeferredCompletions(Consumer<BooleanSupplier> threads) {
        this.threads = threads;
        passer.start();
    }

    /**
     * Queues a completion for another thread. Takes no lock but, for some instructions, that of the
     * thread which it wakes.
     *
     * @param completion tells whether its thread may go on with other work
     */
    void add(BooleanSupplier completion) {
        completions.add(completion);
        LockSupport.unpark(passer);
    }

    /** Survives every failure: without this thread no such guest's request would end. */
    private void passOn() {
        while (!closed) {
            try {
                passAll();
                LockSupport.park(this);
            } catch (RuntimeException | OutOfMemoryError e) {
                // There may be no memory for a message.
                LockSupport.parkNanos(this, AGAIN.toNanos());
            }
        }
    }

    private void passAll() {
        for (var next = completions.peek(); next != null; next = completions.peek()) {
            try {
                threads.accept(next);
            } catch (RejectedExecutionException e) {
                LOG.warn("no thread for the end of a guest: {}", e.toString());
            }
            completions.remove();
        }
    }

    /** Passes no further completions on: the server stops, and interrupts its guests. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(passer);
    }
}
