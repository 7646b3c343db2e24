package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GuestThreadsTest {
    private final GuestThreads threads = new GuestThreads();

    @AfterEach
    void close() {
        threads.close();
    }

    private Thread run(boolean asGoodAsAnyOther) throws Exception {
        var thread = new CompletableFuture<Thread>();
        threads.execute(() -> {
            thread.complete(Thread.currentThread());
            return asGoodAsAnyOther;
        });
        return thread.get();
    }

    @Test
    void aThreadThatIsIdleTakesTheNextWork() throws Exception {
        Thread first = run(true);
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> first.getState() == Thread.State.TIMED_WAITING);

        assertThat(run(true)).isSameAs(first);
    }

    @Test
    void aThreadWithLoweredPriorityEnds() throws Exception {
        Thread behind = run(false);
        behind.join();

        assertThat(run(true)).isNotSameAs(behind);
    }

    @Test
    void workIsDoneAtOnceHoweverManyThreadsAreBusy() throws Exception {
        var release = new CountDownLatch(1);
        var busy = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            threads.execute(() -> {
                busy.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
        }

        busy.await();
        assertThat(run(true)).isNotNull();
        release.countDown();
    }

    @Test
    void close_interruptsRunningWorkAndRefusesMore() throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        var begun = new CountDownLatch(1);
        threads.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return true;
        });
        begun.await();

        threads.close();

        assertThat(interrupted.get()).isTrue();
        assertThatThrownBy(() -> threads.execute(() -> true))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
