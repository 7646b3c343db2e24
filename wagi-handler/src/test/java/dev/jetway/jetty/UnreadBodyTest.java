package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.base.ByteSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers at once and reads nothing of the bodies. */
@Timeout(30)
final class UnreadBodyTest {
    private static final int SIZE = 100_000;
    private static final UnreadBody.Bounds BOUNDS =
            new UnreadBody.Bounds(
                    new ByteSize(SIZE), Duration.ofMillis(4711), Duration.ofMillis(815));

    private final Clock clock = new Clock();
    private final Server server = new Server(new QueuedThreadPool(8), clock, null);

    /** A scheduled task. */
    private record Alarm(Runnable task, long millis) {}

    /** A scheduler whose time does not pass by itself. */
    private static final class Clock extends AbstractLifeCycle implements Scheduler {
        private final Collection<Alarm> alarms = new ConcurrentLinkedQueue<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            var alarm = new Alarm(task, unit.toMillis(delay));
            alarms.add(alarm);
            return () -> alarms.remove(alarm);
        }

        /** The alarms of unread bodies. */
        Collection<Alarm> ofBodies() {
            return alarms.stream().filter(a -> a.millis() == BOUNDS.time().toMillis()).toList();
        }
    }

    private static final class Refusal extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(404);
            UnreadBody.Answer answer =
                    new UnreadBody.Answer(response, callback).to(request, BOUNDS);
            answer.response().write(true, null, answer.end());
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Refusal());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** A connection with the answer to a request that has sent one byte of its body. */
    private Socket refused(int length) throws IOException {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        send(socket, post(length) + "x");
        assertThat(status(socket)).isEqualTo("404");
        await().until(() -> !clock.ofBodies().isEmpty());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String post(int length) {
        return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** The status of the next answer; "-" if the connection has ended. */
    private static String status(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = read(socket);
            if (b < 0) {
                return "-";
            }
            head.append((char) b);
        }
        return head.substring(9, 12);
    }

    private static int read(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void aConnectionGoesOnAfterABodyOfItsSize() throws Exception {
        try (Socket socket = refused(SIZE)) {
            send(socket, "x".repeat(SIZE - 1) + post(0));

            assertThat(status(socket)).isEqualTo("404");
        }
    }

    @Test
    void aConnectionEndsWithTheFirstByteOverIt() throws Exception {
        try (Socket socket = refused(SIZE + 2)) {
            send(socket, "x".repeat(SIZE));

            assertThat(status(socket)).isEqualTo("-");
        }
    }

    @Test
    void aBodyThatComesInTimeIsAwaited() throws Exception {
        try (Socket socket = refused(2)) {
            send(socket, "x" + post(0));

            assertThat(status(socket)).isEqualTo("404");
            assertThat(clock.ofBodies()).isEmpty();
        }
    }

    @Test
    void aBodyThatComesTooLateEndsTheConnection() throws Exception {
        try (Socket socket = refused(3)) {
            // Another byte does not extend the time.
            send(socket, "x");
            Alarm alarm = clock.ofBodies().iterator().next();
            assertThat(clock.ofBodies()).hasSize(1);
            alarm.task().run();

            assertThat(status(socket)).isEqualTo("-");
        }
    }

    @Test
    void aServerDropsSixtyFourMebibytesInThirtySeconds() {
        assertThat(UnreadBody.Bounds.DEFAULT)
                .isEqualTo(
                        new UnreadBody.Bounds(
                                ByteSize.ofMebibytes(64),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1)));
    }
}
