package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GuestPoolTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private final CountDownLatch release = new CountDownLatch(1);
    private GuestPool pool = new GuestPool(1, 1, LONG);

    @AfterEach
    void close() {
        release.countDown();
        pool.close();
    }

    /** Completes with true when the guest has run, with false when it was refused. */
    private CompletableFuture<Boolean> admit(Runnable guest) {
        var outcome = new CompletableFuture<Boolean>();
        pool.admit(
                () -> {
                    guest.run();
                    outcome.complete(true);
                },
                retryAfter -> {
                    assertThat(retryAfter).isPositive();
                    outcome.complete(false);
                });
        return outcome;
    }

    private void hold() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aGuestRunsOnAThreadOfThePool() throws Exception {
        var name = new CompletableFuture<String>();

        assertThat(admit(() -> name.complete(Thread.currentThread().getName())).get()).isTrue();
        assertThat(name.get()).startsWith("jetway-guest-");
    }

    @Test
    void oneMoreWaitsUntilAThreadIsFree() throws Exception {
        CompletableFuture<Boolean> running = admit(this::hold);
        CompletableFuture<Boolean> waiting = admit(() -> {});

        assertThat(pool.waiting()).isEqualTo(1);
        release.countDown();

        assertThat(running.get()).isTrue();
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void whatTheQueueCannotHoldIsRefusedAtOnce() throws Exception {
        var running = admit(this::hold);
        var waiting = admit(() -> {});

        assertThat(admit(() -> {}).get(1, TimeUnit.SECONDS)).isFalse();
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(running.get()).isTrue();
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void whatWaitsTooLongIsRefused() throws Exception {
        pool.close();
        pool = new GuestPool(1, 1, Duration.ofMillis(20));
        var running = admit(this::hold);

        assertThat(admit(() -> {}).get()).isFalse();
        release.countDown();
        assertThat(running.get()).isTrue();
        assertThat(admit(() -> {}).get()).isTrue();
    }

    @Test
    void aGuestThatThrowsCostsNoThread() throws Exception {
        pool.admit(
                () -> {
                    throw new IllegalStateException("for the test");
                },
                retryAfter -> {});

        assertThat(admit(() -> {}).get()).isTrue();
        assertThat(admit(() -> {}).get()).isTrue();
    }
}
