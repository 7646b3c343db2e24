package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ConnectionThreadsTest {
    private static final int THREADS = 8;

    private final ConnectionThreads threads = new ConnectionThreads(THREADS);
    private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        threads.start();
    }

    @AfterEach
    void stop() throws Exception {
        threads.stop();
    }

    private void execute() {
        threads.execute(() -> ran.add(Thread.currentThread()));
    }

    private Thread next() throws InterruptedException {
        Thread thread = ran.poll(20, TimeUnit.SECONDS);
        assertThat(thread).isNotNull();
        return thread;
    }

    @Test
    void workIsDoneByAnotherThread() throws Exception {
        execute();

        assertThat(next()).isNotEqualTo(Thread.currentThread());
    }

    @Test
    void whatFollowsTheEndOfAResponseIsDoneByTheThreadThatEndedIt() throws Exception {
        ConnectionThreads.finish(() -> {
            execute();
            // Not while Jetty is still ending the response.
            assertThat(ran).isEmpty();
        });

        assertThat(ran).isNotEmpty();
        assertThat(next()).isEqualTo(Thread.currentThread());
    }

    @Test
    void moreWorkThanThatIsDoneByOthers() throws Exception {
        ConnectionThreads.finish(() -> {
            execute();
            execute();
        });

        assertThat(List.of(next(), next())).containsOnlyOnce(Thread.currentThread());
    }

    @Test
    void whatFollowsMayEndAResponseToo() throws Exception {
        ConnectionThreads.finish(
                () -> threads.execute(() -> ConnectionThreads.finish(this::execute)));

        assertThat(next()).isEqualTo(Thread.currentThread());
    }

    @Test
    void whatFollowsIsDoneThoughTheEndFailed() throws Exception {
        assertThatThrownBy(() ->
                        ConnectionThreads.finish(() -> {
                            execute();
                            throw new IllegalStateException("on purpose");
                        }))
                .hasMessage("on purpose");

        assertThat(next()).isEqualTo(Thread.currentThread());
        execute();
        assertThat(next()).isNotEqualTo(Thread.currentThread());
    }
}
