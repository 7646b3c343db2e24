package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A request whose completion is lost would never be answered, and its slot never be free. */
final class DeferredCompletionsTest {
    private static final int SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);

    private boolean complete() {
        done.countDown();
        return true;
    }

    @Test
    void aCompletionForWhichThereIsNoThread_waitsForTheNextCheck() throws Exception {
        var refused = new AtomicInteger();
        try (var timer = new ScheduledThreadPoolExecutor(1)) {
            var completions =
                    new DeferredCompletions(
                            work -> {
                                if (refused.getAndIncrement() < 3) {
                                    throw new OutOfMemoryError("no thread");
                                }
                                assertThat(work.getAsBoolean()).isTrue();
                            },
                            timer);
            completions.expect();
            completions.add(this::complete);

            assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            timer.shutdownNow();
        }
        assertThat(refused).hasValueGreaterThan(3);
    }

    @Test
    void aCheckThatCannotBeStarted_isMadeLater() throws Exception {
        try (var timer = new TimerWithoutMemory()) {
            var completions =
                    new DeferredCompletions(
                            work -> assertThat(work.getAsBoolean()).isTrue(), timer);
            completions.expect();
            completions.add(this::complete);

            assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            timer.shutdownNow();
        }
    }

    /** A heap that is full when a check is to be started. */
    private static final class TimerWithoutMemory extends ScheduledThreadPoolExecutor {
        TimerWithoutMemory() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            throw new OutOfMemoryError("Java heap space");
        }
    }
}
