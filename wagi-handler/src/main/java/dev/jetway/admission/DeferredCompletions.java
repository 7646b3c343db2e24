package dev.jetway.admission;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completions of guests whose own threads run at a lowered priority, and so must not hold anything
 * that others wait for: other threads run them a few milliseconds later. Safe to share between
 * threads.
 */
final class DeferredCompletions {
    /** Period of the checks for new completions. */
    private static final Duration PERIOD = Duration.ofMillis(5);

    private static final Logger LOG = LoggerFactory.getLogger(DeferredCompletions.class);

    private final Queue<BooleanSupplier> completions = new ConcurrentLinkedQueue<>();
    private final GuestThreads threads;

    DeferredCompletions(GuestThreads threads) {
        this.threads = threads;
    }

    /** Starts the checks, which end with the timer. */
    void start(ScheduledExecutorService timer) {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::runAll, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Queues a completion for another thread. Takes no lock.
     *
     * @param completion tells whether its thread may go on with other work
     */
    void add(BooleanSupplier completion) {
        completions.add(completion);
    }

    /** Passes all completions to threads. */
    void runAll() {
        for (var next = completions.poll(); next != null; next = completions.poll()) {
            try {
                threads.execute(next);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                LOG.warn("no thread for the end of a guest: {}", e.toString());
            }
        }
    }
}
