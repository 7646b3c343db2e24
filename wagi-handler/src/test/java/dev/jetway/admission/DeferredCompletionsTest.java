package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request whose completion is lost would never be answered, and its slot never be free. */
final class DeferredCompletionsTest {
    private static final int SECONDS = 20;

    private final AtomicInteger tries = new AtomicInteger();

    private void run(BooleanSupplier completion) {
        tries.incrementAndGet();
        assertThat(completion.getAsBoolean()).isTrue();
    }

    private static void addAndAwait(DeferredCompletions completions) throws InterruptedException {
        var done = new CountDownLatch(1);
        completions.add(() -> {
            done.countDown();
            return true;
        });
        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCompletion_isRunWhenItComes() throws Exception {
        try (var completions = new DeferredCompletions(this::run)) {
            for (int i = 0; i < 3; i++) {
                addAndAwait(completions);
            }
        }
        assertThat(tries).hasValue(3);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aCompletionForWhichThereIsNoThread_isTriedAgain(Throwable failure) throws Exception {
        try (var completions =
                new DeferredCompletions(completion -> {
                    if (tries.get() < 2) {
                        tries.incrementAndGet();
                        fail(failure);
                    }
                    run(completion);
                })) {
            addAndAwait(completions);
            addAndAwait(completions);
        }
        assertThat(tries).hasValue(4);
    }

    static Stream<Throwable> failures() {
        return Stream.of(new OutOfMemoryError("no thread"), new IllegalStateException("a fault"));
    }

    private static void fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void aCompletionThatIsRefused_keepsNoOtherWaiting() throws Exception {
        try (var completions =
                new DeferredCompletions(completion -> {
                    if (tries.get() == 0) {
                        tries.incrementAndGet();
                        throw new RejectedExecutionException("closed");
                    }
                    run(completion);
                })) {
            completions.add(() -> false);
            addAndAwait(completions);
        }
        assertThat(tries).hasValue(2);
    }

    @Test
    void itsThread_endsWithIt() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Thread thread;
        try (var completions = new DeferredCompletions(this::run)) {
            thread =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(t -> t.getName().equals("jetway-completions"))
                            .filter(t -> !before.contains(t))
                            .findFirst()
                            .orElseThrow();
            addAndAwait(completions);
        }
        thread.join(TimeUnit.SECONDS.toMillis(SECONDS));

        assertThat(thread.isAlive()).isFalse();
    }
}
