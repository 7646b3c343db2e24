package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.jetway.server.admin.HealthHandler;
import dev.jetway.server.admin.ReloadHandler;
import dev.jetway.server.config.ListenAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdminRequestsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CountDownLatch answers = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                ReloadHandler.PATH,
                exchange -> {
                    try {
                        answers.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    byte[] text = "3 routes\n".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        answers.countDown();
        server.stop(0);
    }

    private int run(Duration timeout) throws InterruptedException {
        return new AdminRequests(new PrintWriter(out), new PrintWriter(err), timeout)
                .reload(new ListenAddress("127.0.0.1", server.getAddress().getPort()));
    }

    @Test
    void anAnswerInTime_isPrinted() throws Exception {
        answers.countDown();

        assertThat(run(Duration.ofSeconds(30))).isZero();
        assertThat(out).hasToString("3 routes\n");
    }

    @Test
    void aServerThatDoesNotAnswerInTime_isAnErrorThatSaysWhereToLook() {
        assertThatThrownBy(() -> run(Duration.ofMillis(200)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the server has not answered for 200ms: its log says what came of it");
        assertThat(AdminRequests.RELOAD_TIMEOUT).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void noServer_isAnErrorWithTheAddress() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() -> run(Duration.ofSeconds(30)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("no server answers at http://127.0.0.1:" + port);
    }

    private int health(int status, String body) throws Exception {
        server.createContext(
                HealthHandler.PATH,
                exchange -> {
                    byte[] text = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        return new AdminRequests(new PrintWriter(out), new PrintWriter(err), Duration.ofSeconds(30))
                .health(new ListenAddress("127.0.0.1", server.getAddress().getPort()));
    }

    @Test
    void health_serverThatServes_isZero() throws Exception {
        assertThat(health(200, "OK\n")).isZero();
        assertThat(out).hasToString("OK\n");
    }

    @Test
    void health_otherAnswer_isAnErrorThatIsShown() throws Exception {
        assertThat(health(404, "Not Found\n")).isEqualTo(JetwayCommand.ERROR);
        assertThat(err).hasToString("Not Found\n");
    }

    @Test
    void health_noServer_isAnErrorThatSaysWhere() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() ->
                        new AdminRequests(
                                        new PrintWriter(out),
                                        new PrintWriter(err),
                                        Duration.ofSeconds(30))
                                .health(new ListenAddress("127.0.0.1", port)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no server answers at http://127.0.0.1:" + port + "/healthz");
    }
}
