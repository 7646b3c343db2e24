package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.route.Dialect;
import dev.jetway.route.Route;
import dev.jetway.server.TestRoutes;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
    @TempDir private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private List<Route> routes = List.of();

    @BeforeEach
    void writeRoutes() throws Exception {
        Files.writeString(
                folder.resolve("modules.toml"),
                """
                [[module]]
                route = "/"
                module = "a.wasm"
                [[module]]
                route = "/below/..."
                module = "with \\"quotes\\".wasm"
                """);
        routes = read().routes();
    }

    @Test
    void eachRouteIsServedInBothDialectsOnFreePorts() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));

        Configuration prepared = Training.prepare(read(), own, 2);

        assertThat(prepared.routes())
                .extracting(r ->
                        r.pattern()
                                + " "
                                + TestRoutes.action(r).rules().dialect()
                                + " "
                                + TestRoutes.action(r).module())
                .containsExactly(
                        "/ " + Dialect.WAGI + " " + module("a.wasm"),
                        "/below/... " + Dialect.WAGI + " " + module("with \"quotes\".wasm"),
                        "/native/ " + Dialect.CGI + " " + module("a.wasm"),
                        "/native/below/... " + Dialect.CGI + " " + module("with \"quotes\".wasm"));
        assertThat(prepared.server().listen().address()).hasToString("127.0.0.1:0");
        assertThat(prepared.server().listen().admin()).hasToString("127.0.0.1:0");
    }

    @Test
    void eachRouteIsRequestedWithAndWithoutABody() throws Exception {
        visitWhereARequestTakes(Training.TIME);

        assertThat(requests)
                .containsExactly(
                        "GET / HTTP/1.1", "POST / HTTP/1.1",
                        "GET /below HTTP/1.1", "POST /below HTTP/1.1");
    }

    @Test
    void roundsAreBounded() throws Exception {
        visitWhereARequestTakes(Duration.ZERO);

        assertThat(requests).hasSize(Training.ROUNDS * 4);
    }

    @Test
    void noRoundBeginsAfterTheTimeLimit() throws Exception {
        visitWhereARequestTakes(Training.TIME.dividedBy(8).minusMillis(1));
        assertThat(requests).hasSize(3 * 4);

        requests.clear();
        visitWhereARequestTakes(Training.TIME.dividedBy(8));
        assertThat(requests).hasSize(2 * 4);
    }

    @Test
    void aSlowRouteIsRequestedOnce() throws Exception {
        visitWhereARequestTakes(Training.SLOW.dividedBy(2));
        assertThat(requests).hasSize(2 * 4);

        requests.clear();
        visitWhereARequestTakes(Training.SLOW.dividedBy(2).plusMillis(1));
        assertThat(requests).hasSize(4);
    }

    private Configuration read() throws Exception {
        return new ConfigurationReader(folder, 2).read(folder);
    }

    private Path module(String name) {
        return folder.resolve(name);
    }

    private void visitWhereARequestTakes(Duration time) throws Exception {
        var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread server = Thread.ofVirtual().start(() -> serve(socket, time));
        try {
            new Training(now::get)
                    .visit(URI.create("http://127.0.0.1:" + socket.getLocalPort()), routes);
        } finally {
            socket.close();
            server.join();
        }
    }

    private void serve(ServerSocket socket, Duration time) {
        while (true) {
            try (var connection = socket.accept()) {
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.US_ASCII));
                String line = in.readLine();
                requests.add(line);
                while (!in.readLine().isEmpty()) {
                    // The other lines of the head.
                }
                if (line.startsWith("POST")) {
                    assertThat(in.read(new char[3])).isEqualTo(3);
                }
                now.updateAndGet(t -> t.plus(time));
            } catch (IOException e) {
                return;
            }
        }
    }
}
