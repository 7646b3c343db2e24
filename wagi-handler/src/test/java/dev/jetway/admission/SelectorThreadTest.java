package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SelectorThreadTest {
    private static final long MS = 1_000_000;

    private final BlockingQueue<Serving> serving = new LinkedBlockingQueue<>();
    private final List<Runnable> others = new CopyOnWriteArrayList<>();
    private final List<Serving> all = new CopyOnWriteArrayList<>();
    private final Runnable selector = this::serve;
    private final Runnable connection = this::read;

    /** A thread that serves the selector: it does what the test says. */
    private final class Serving {
        private final SelectorThread thread = (SelectorThread) Thread.currentThread();
        private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        private volatile boolean ended;

        <T> T call(Callable<T> step) throws Exception {
            var result = new CompletableFuture<T>();
            work.add(() -> {
                try {
                    result.complete(step.call());
                } catch (Exception e) {
                    result.completeExceptionally(e);
                }
            });
            return result.get(20, TimeUnit.SECONDS);
        }

        boolean offer(Runnable offered) throws Exception {
            return call(() -> thread.offer(offered));
        }

        boolean beginGuest() throws Exception {
            return call(() -> thread.beginGuest(() -> {}));
        }

        /** A task begins, and a guest within it. */
        boolean taskWithGuest() throws Exception {
            begins(false);
            return offer(selector) && beginGuest();
        }

        void begins(boolean mayBlock) throws Exception {
            call(() -> {
                thread.begins(mayBlock);
                return true;
            });
        }

        void endGuest(long nanos) throws Exception {
            call(() -> {
                thread.endGuest(nanos);
                return true;
            });
        }

        void end() throws Exception {
            work.add(() -> ended = true);
            thread.join(20_000);
        }
    }

    private void read() {
        throw new AssertionError("the connection is another thread's");
    }

    private void serve() {
        var own = new Serving();
        all.add(own);
        serving.add(own);
        try {
            while (!own.ended) {
                own.work.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Serving start() throws InterruptedException {
        new SelectorThread(selector, others::add).start();
        return next();
    }

    private Serving next() throws InterruptedException {
        Serving next = serving.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @AfterEach
    void end() throws Exception {
        for (Serving one : all) {
            one.end();
        }
    }

    @Test
    void aGuestRunsIfAnotherThreadCouldServeTheSelector() throws Exception {
        Serving one = start();

        assertThat(one.beginGuest()).isFalse();
        assertThat(one.offer(selector)).isTrue();
        assertThat(one.beginGuest()).isTrue();
    }

    @Test
    void anOfferIsForOneTask() throws Exception {
        Serving one = start();
        one.offer(selector);

        one.begins(false);

        assertThat(one.beginGuest()).isFalse();
    }

    @Test
    void aTaskThatMayBlockIsForOtherThreads() throws Exception {
        Serving one = start();

        one.begins(true);

        assertThat(one.offer(selector)).isFalse();
        assertThat(one.beginGuest()).isFalse();
    }

    @Test
    void aConnectionIsNotOfferedWithoutItsSelector() throws Exception {
        Serving one = start();

        assertThat(one.offer(connection)).isFalse();
        assertThat(one.beginGuest()).isFalse();
    }

    @Test
    void aGuestWithinAGuestGoesToAnotherThread() throws Exception {
        Serving one = start();

        assertThat(one.taskWithGuest()).isTrue();

        assertThat(one.beginGuest()).isFalse();
    }

    @Test
    void guestsOfOneTurnAreBounded() throws Exception {
        Serving one = start();
        long turn = SelectorThread.TURN.toNanos();

        assertThat(one.taskWithGuest()).isTrue();
        one.endGuest(turn - 1);
        assertThat(one.taskWithGuest()).isTrue();
        one.endGuest(1);
        assertThat(one.taskWithGuest()).isFalse();

        one.call(() -> {
            one.thread.waits();
            return true;
        });
        assertThat(one.taskWithGuest()).isTrue();
    }

    @Test
    void nothingIsHandedOverWithoutAGuest() throws Exception {
        Serving one = start();

        assertThat(one.thread.handOver()).isFalse();
        assertThat(one.taskWithGuest()).isTrue();
        one.endGuest(1);

        assertThat(one.thread.handOver()).isFalse();
        assertThat(serving).isEmpty();
    }

    @Test
    void aSuccessorServesTheSelectorOfAThreadWhoseGuestRunsOn() throws Exception {
        Serving one = start();
        one.taskWithGuest();

        assertThat(one.thread.handOver()).isTrue();

        assertThat(next().thread).isNotEqualTo(one.thread);
        assertThat(one.thread.hasSuccessor()).isTrue();
        assertThat(one.thread.handOver()).isFalse();
        one.endGuest(MS);
        assertThat(one.taskWithGuest()).isFalse();
    }

    @Test
    void anotherThreadGoesOnWithTheConnectionOfTheGuest() throws Exception {
        Serving one = start();
        one.begins(false);
        one.offer(selector);
        one.offer(connection);
        one.beginGuest();

        one.thread.handOver();

        assertThat(others).containsExactly(connection);
        next();
    }

    @Test
    void aStoppedPoolDoesNotKeepASuccessorFromStarting() throws Exception {
        new SelectorThread(
                        selector,
                        _ -> {
                            throw new RejectedExecutionException("stopped");
                        })
                .start();
        Serving one = next();
        one.begins(false);
        one.offer(selector);
        one.offer(connection);
        one.beginGuest();

        assertThat(one.thread.handOver()).isTrue();

        next();
    }

    @Test
    void aSuccessorRunsGuestsAfterTheThreadBeforeHasEnded() throws Exception {
        Serving one = start();
        one.taskWithGuest();
        one.thread.handOver();
        Serving two = next();

        // Jetty gives the selector back to the first that asks: the thread before must not be it.
        assertThat(two.taskWithGuest()).isFalse();
        one.end();

        assertThat(two.taskWithGuest()).isTrue();
        two.thread.handOver();
        assertThat(next().taskWithGuest()).isFalse();
    }

    @Test
    void aThreadThatComesBackToTheSelectorLeavesItToASuccessor() throws Exception {
        Serving one = start();
        one.taskWithGuest();
        one.thread.handOver();
        next();

        assertThat(one.offer(selector)).isTrue();

        next();
        assertThat(one.beginGuest()).isFalse();
    }

    @Test
    void workIsDoneAfterTheThreadHasLeftItsTask() throws Exception {
        Serving one = start();
        var done = new CompletableFuture<Thread>();
        one.call(() -> {
            one.thread.afterwards(() -> done.complete(Thread.currentThread()));
            return true;
        });
        assertThat(done).isNotDone();

        one.end();

        assertThat(done).isCompletedWithValue(one.thread);
    }

    @Test
    void aGuestIsToldBeforeItsThreadWaits() throws Exception {
        Serving one = start();
        var told = new CompletableFuture<Boolean>();
        one.begins(false);
        one.offer(selector);
        one.call(() -> one.thread.beginGuest(() -> told.complete(true)));

        SelectorThread.beforeWait();
        assertThat(told).isNotDone();
        one.call(() -> {
            SelectorThread.beforeWait();
            return true;
        });

        assertThat(told).isCompleted();
    }
}
