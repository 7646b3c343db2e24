package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jetway.admission.SelectorThread;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
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
        threads.execute(new Continued(() -> ran.add(Thread.currentThread())));
    }

    /** A connection that goes on, as Jetty's HTTP/1 passes itself to its pool. */
    private static final class Continued extends AbstractConnection implements Runnable {
        private final Runnable work;

        Continued(Runnable work) {
            super(new ByteArrayEndPoint(), Runnable::run);
            this.work = work;
        }

        @Override
        public void run() {
            work.run();
        }

        @Override
        public void onFillable() {
            throw new IllegalStateException("nothing is read");
        }
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
    void workAfterAResponseIsDoneByTheThreadThatEndedIt() throws Exception {
        ConnectionThreads.finish(() -> {
            execute();
            // Nothing runs while Jetty is still ending the response.
            assertThat(ran).isEmpty();
        });

        assertThat(ran).isNotEmpty();
        assertThat(next()).isEqualTo(Thread.currentThread());
    }

    @Test
    void furtherWorkIsDoneByOtherThreads() throws Exception {
        ConnectionThreads.finish(() -> {
            execute();
            execute();
        });

        assertThat(List.of(next(), next())).containsOnlyOnce(Thread.currentThread());
    }

    @Test
    void otherWorkIsDoneByOtherThreads() throws Exception {
        ConnectionThreads.finish(() -> threads.execute(() -> ran.add(Thread.currentThread())));

        assertThat(next()).isNotEqualTo(Thread.currentThread());
    }

    /** Jetty starts such a thread by a job of its pool, and the job waits for a minute. */
    @Test
    void theThreadThatEndsAResponseIsNotReservedForWork() throws Exception {
        var ending =
                new Thread(() -> {
                    ConnectionThreads.finish(() -> threads.tryExecute(() -> {}));
                    ran.add(Thread.currentThread());
                });

        ending.start();

        assertThat(next()).isEqualTo(ending);
    }

    @Test
    void workAfterAResponseMayEndAnother() throws Exception {
        ConnectionThreads.finish(() ->
                threads.execute(new Continued(() -> ConnectionThreads.finish(this::execute))));

        assertThat(next()).isEqualTo(Thread.currentThread());
    }

    @Test
    void workAfterAResponseIsDoneEvenIfItsEndFailed() throws Exception {
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

    /** The pool relies on this: Jetty continues a connection with one job of its pool. */
    @Test
    void jettyGoesOnWithAConnectionByAJobOfThePool() throws Exception {
        var pool = new ConnectionThreads(THREADS);
        var server = new Server(pool);
        var connector = new ServerConnector(server);
        server.addConnector(connector);
        server.setHandler(new EndedElsewhere());
        server.start();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            socket.getOutputStream().write((request + request).getBytes(StandardCharsets.US_ASCII));

            Thread first = next();
            Thread ending = next();
            Thread second = next();

            assertThat(ending).isNotEqualTo(first);
            assertThat(second).isEqualTo(ending);
        } finally {
            server.stop();
        }
    }

    /** Notes the thread that parsed a request, and ends the request on a thread of its own. */
    private final class EndedElsewhere extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            ran.add(Thread.currentThread());
            if (ran.size() > 2) {
                response.write(true, null, callback);
                return true;
            }
            Thread parser = Thread.currentThread();
            Thread.ofPlatform()
                    .start(() -> {
                        // After an earlier end the parser itself would continue.
                        await().pollInterval(Duration.ofMillis(5))
                                .until(() -> isDoneWithTheRequest(parser));
                        ran.add(Thread.currentThread());
                        ConnectionThreads.finish(() -> response.write(true, null, callback));
                    });
            return true;
        }

        private static boolean isDoneWithTheRequest(Thread parser) {
            return Arrays.stream(parser.getStackTrace())
                    .map(StackTraceElement::getClassName)
                    .noneMatch(name -> name.startsWith("org.eclipse.jetty.server.internal.Http"));
        }
    }

    @Test
    void workThatIsNotASelectorsLeavesItsThread() throws Exception {
        Runnable task = () -> ran.add(Thread.currentThread());
        var selector =
                new SelectorThread(
                        () -> {
                            if (!threads.tryExecute(task)) {
                                threads.execute(task);
                            }
                        },
                        threads);

        selector.start();

        assertThat(next()).isNotEqualTo(selector);
    }
}
