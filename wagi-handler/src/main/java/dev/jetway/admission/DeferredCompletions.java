package dev.jetway.admission;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    /** Period of the checks that find a completion whose own check could not be started. */
    private static final Duration LATEST = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeferredCompletions.class);

    private final Queue<BooleanSupplier> completions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger expected = new AtomicInteger();
    private final AtomicBoolean checks = new AtomicBoolean();
    private final Consumer<BooleanSupplier> threads;
    private final ScheduledExecutorService timer;

    /**
     * No completions yet.
     *
     * @param threads run the completions; they throw an {@link OutOfMemoryError} if there is none
     * @param timer of one thread; checks for them, until it ends
     */
    DeferredCompletions(Consumer<BooleanSupplier> threads, ScheduledExecutorService timer) {
        this.threads = threads;
        this.timer = timer;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::runAll, LATEST.toMillis(), LATEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts checks that last until one more completion has come. Called once for each guest, by a
     * thread that may take a lock: nothing is checked, and no thread wakes, without such a guest.
     */
    void expect() {
        expected.incrementAndGet();
        checkSoon();
    }

    private void checkSoon() {
        if (checks.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            var _ = timer.schedule(this::check, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server stops, and interrupts its guests.
            return;
        } catch (OutOfMemoryError e) {
            // The next one of another guest, or the one that comes each second.
            checks.set(false);
        }
    }

    private void check() {
        runAll();
        if (expected.get() > 0) {
            schedule();
            return;
        }
        checks.set(false);
        if (expected.get() > 0) {
            checkSoon();
        }
    }

    /**
     * Queues an expected completion for another thread. Takes no lock.
     *
     * @param completion tells whether its thread may go on with other work
     */
    void add(BooleanSupplier completion) {
        completions.add(completion);
    }

    /** Expects one completion less: its guest's thread has run it. */
    void expectOneLess() {
        expected.decrementAndGet();
    }

    /**
     * Passes all completions to threads; one for which no thread can be had waits for the next
     * check.
     */
    private void runAll() {
        for (var next = completions.peek(); next != null; next = completions.peek()) {
            try {
                threads.accept(next);
            } catch (RejectedExecutionException e) {
                LOG.warn("no thread for the end of a guest: {}", e.toString());
            } catch (OutOfMemoryError e) {
                return;
            }
            completions.remove();
            expected.decrementAndGet();
        }
    }
}
