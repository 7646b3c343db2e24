package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour of Jetty that a watched connection relies on, over a real connection. */
@Timeout(30)
final class WatchedEndPointTest {
    private final Server server = new Server();
    private final ServerConnector connector =
            new WatchedConnector(server, new HttpConnectionFactory());
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch answer = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        server.setHandler(new Watching());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        answer.countDown();
        server.stop();
    }

    /** Watches the connection of a request, and answers when told to. */
    private final class Watching extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            ((WatchedEndPoint) endPoint)
                    .watch(
                            new WatchedEndPoint.Observer() {
                                @Override
                                public void halfClosed() {
                                    seen.add("half-closed");
                                }

                                @Override
                                public void reset() {
                                    seen.add("reset");
                                }
                            });
            seen.add("watched " + request.getHttpURI().getPath());
            if (!answer.await(20, TimeUnit.SECONDS)) {
                return false;
            }
            response.write(true, null, callback);
            return true;
        }
    }

    private Socket connect() throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(OutputStream out, String path) throws Exception {
        out.write(
                ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String next() throws InterruptedException {
        String event = seen.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event == null ? "" : event;
    }

    @Test
    void aClosedSendingSideIsSeenAndTheAnswerArrives() throws Exception {
        try (Socket socket = connect()) {
            ask(socket.getOutputStream(), "/a");
            assertThat(next()).isEqualTo("watched /a");

            socket.shutdownOutput();

            assertThat(next()).isEqualTo("half-closed");
            answer.countDown();
            assertThat(
                            new String(
                                    socket.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aResetIsSeenAsAReset() throws Exception {
        Socket socket = connect();
        ask(socket.getOutputStream(), "/a");
        assertThat(next()).isEqualTo("watched /a");

        socket.setSoLinger(true, 0);
        socket.close();

        assertThat(next()).isEqualTo("reset");
    }

    @Test
    void bytesReadAheadAreTheNextRequest() throws Exception {
        try (Socket socket = connect()) {
            ask(socket.getOutputStream(), "/a");
            assertThat(next()).isEqualTo("watched /a");
            // More than is read ahead, in two pieces.
            String long1 = "/" + "b".repeat(WatchedEndPoint.AHEAD);
            ask(socket.getOutputStream(), long1);
            ask(socket.getOutputStream(), "/c");

            answer.countDown();

            assertThat(next()).isEqualTo("watched " + long1);
            assertThat(next()).isEqualTo("watched /c");
            InputStream in = socket.getInputStream();
            for (int i = 0; i < 3; i++) {
                assertThat(head(in)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    private static String head(InputStream in) throws Exception {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        return head.toString();
    }
}
