package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GuestPoolTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<Object> ended = new ConcurrentLinkedQueue<>();
    private GuestPool pool = new GuestPool(1, 1, LONG, 1);

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

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
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
        pool = new GuestPool(1, 1, Duration.ofMillis(20), 1);
        var running = admit(this::hold);

        assertThat(admit(() -> {}).get()).isFalse();
        release.countDown();
        assertThat(running.get()).isTrue();
        assertThat(admit(() -> {}).get()).isTrue();
    }

    /** A guest that waits for its client until told, then notes that it has its place again. */
    private CompletableFuture<Boolean> park(CountDownLatch client) {
        return admit(() -> {
            try {
                pool.park(client::await, () -> ended.add(client));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aGuestThatWaitsForItsClientLeavesItsPlaceToAnother() throws Exception {
        var client = new CountDownLatch(1);
        CompletableFuture<Boolean> slow = park(client);
        await(() -> pool.parked() == 1);

        assertThat(admit(() -> {}).get()).isTrue();
        assertThat(slow).isNotDone();
        client.countDown();
        assertThat(slow.get()).isTrue();
        assertThat(pool.parked()).isZero();
    }

    @Test
    void whoHasWaitedLongestIsEndedWhenTooManyWait() throws Exception {
        var client = new CountDownLatch(1);
        CompletableFuture<Boolean> first = park(client);
        await(() -> pool.parked() == 1);
        assertThat(ended).isEmpty();
        CompletableFuture<Boolean> second = park(client);

        await(() -> ended.size() == 1);
        assertThat(pool.parked()).isEqualTo(1);
        assertThat(admit(() -> {}).get()).isTrue();
        client.countDown();
        assertThat(first.get()).isTrue();
        assertThat(second.get()).isTrue();
        assertThat(ended).containsExactly(client);
        assertThat(pool.parked()).isZero();
    }

    @Test
    void oneThatComesBackGoesBeforeThoseThatWait() throws Exception {
        pool.close();
        pool = new GuestPool(1, 2, LONG, 1);
        var order = new ConcurrentLinkedQueue<String>();
        var client = new CountDownLatch(1);
        var came = new CountDownLatch(1);
        CompletableFuture<Boolean> slow =
                admit(() -> {
                    try {
                        pool.park(
                                () -> {
                                    client.await();
                                    came.countDown();
                                },
                                () -> {});
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    order.add("slow");
                });
        CompletableFuture<Boolean> running = admit(this::hold);
        CompletableFuture<Boolean> waiting = admit(() -> order.add("new"));

        client.countDown();
        came.await();
        await(() -> pool.returning() == 1);
        release.countDown();
        assertThat(running.get()).isTrue();
        assertThat(slow.get()).isTrue();
        assertThat(waiting.get()).isTrue();
        assertThat(order).containsExactly("slow", "new");
    }

    @Test
    void anInterruptedGuestLosesNoPlace() throws Exception {
        var thread = new CompletableFuture<Thread>();
        var interrupted = new CompletableFuture<Boolean>();
        var ended =
                admit(() -> {
                    thread.complete(Thread.currentThread());
                    try {
                        pool.park(release::await, () -> {});
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                });
        await(() -> pool.parked() == 1);
        var running = admit(this::hold);
        thread.get().interrupt();

        assertThat(interrupted.get()).isTrue();
        assertThat(ended.get()).isTrue();
        release.countDown();
        assertThat(running.get()).isTrue();
        assertThat(admit(() -> {}).get()).isTrue();
        assertThat(pool.parked()).isZero();
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
