package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.server.http.Listeners;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A guest sees the same request over every protocol and through every proxy. */
@Timeout(60)
final class ProtocolIT {
    private static final String MODULES =
            """
            [[module]]
            route = "/env/..."
            module = "env.wasm"
            [[module]]
            route = "/echo"
            module = "echo.wasm"
            """;

    @TempDir private Path folder;

    private static HttpResponse<byte[]> http2(HttpRequest request) throws Exception {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            // The first request asks for the upgrade, the second speaks HTTP/2 alone.
            client.send(
                    HttpRequest.newBuilder(request.uri().resolve("/healthz")).build(),
                    BodyHandlers.discarding());
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    /** The variables of a request, without those that must differ. */
    private static List<String> comparable(Stream<String> lines) {
        return lines.filter(l ->
                        !l.startsWith("SERVER_PROTOCOL=")
                                && !l.startsWith("REMOTE_PORT=")
                                && !l.startsWith("HTTP_HTTP2_SETTINGS="))
                .toList();
    }

    @Test
    void http2GivesTheGuestTheSameView() throws Exception {
        try (var server = TestServer.start(folder, MODULES)) {
            HttpRequest request =
                    server.request("/env/a%20b?c=d").header("X-Custom", "value").build();

            HttpResponse<byte[]> second = http2(request);

            assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
            String body = new String(second.body(), StandardCharsets.UTF_8);
            assertThat(body).contains("SERVER_PROTOCOL=HTTP/2.0\n");
            assertThat(comparable(body.lines()))
                    .isEqualTo(comparable(server.send(request).body().lines()));
        }
    }

    @Test
    void aLargeBodyGoesBothWaysOverHttp2() throws Exception {
        byte[] body = new byte[3 << 20];
        new Random(1).nextBytes(body);
        try (var server = TestServer.start(folder, MODULES)) {
            HttpResponse<byte[]> response =
                    http2(
                            server.request("/echo?raw")
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .build());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.body()).isEqualTo(body);
        }
    }

    private static HttpRequest forwarded(TestServer server) {
        return server.request("/env/x")
                .header("X-Forwarded-For", "198.51.100.7")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "shop.example.org")
                .build();
    }

    @Test
    void aTrustedProxyTellsOfTheClient() throws Exception {
        String settings = "trusted-proxies = [\"192.0.2.0/24\", \"127.0.0.0/8\"]\n";
        try (var server = TestServer.start(folder, settings, MODULES)) {
            assertThat(server.send(forwarded(server)).body().lines())
                    .contains(
                            "REMOTE_ADDR=198.51.100.7",
                            "HTTPS=on",
                            "REQUEST_SCHEME=https",
                            "SERVER_NAME=shop.example.org",
                            "SERVER_PORT=443");
        }
    }

    @Test
    void clientsThatAProxySendsOverOneConnectionStayApart() throws Exception {
        String settings = "trusted-proxies = [\"127.0.0.1\"]\n";
        String request =
                "GET /env/x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.%d\r\n%s\r\n";
        try (var server = TestServer.start(folder, settings, MODULES)) {
            String answers =
                    server.raw(
                            request.formatted(7, "")
                                    + request.formatted(8, "")
                                    + request.formatted(7, "Connection: close\r\n"));

            assertThat(answers.lines().filter(l -> l.startsWith("REMOTE_ADDR=")))
                    .containsExactly(
                            "REMOTE_ADDR=198.51.100.7",
                            "REMOTE_ADDR=198.51.100.8",
                            "REMOTE_ADDR=198.51.100.7");
        }
    }

    @Test
    void theForwardedFieldOfATrustedProxyIsBelievedToo() throws Exception {
        String settings = "trusted-proxies = [\"127.0.0.1\"]\n";
        try (var server = TestServer.start(folder, settings, MODULES)) {
            HttpRequest request =
                    server.request("/env/x")
                            .header(
                                    "Forwarded",
                                    "for=\"[2001:db8::1]:4711\";proto=https;host=a.example:8443")
                            .build();

            assertThat(server.send(request).body().lines())
                    .contains(
                            "REMOTE_ADDR=2001:db8::1",
                            "REMOTE_PORT=4711",
                            "SERVER_NAME=a.example",
                            "SERVER_PORT=8443");
        }
    }

    @Test
    void fieldsOfAnyOtherHostAreIgnored() throws Exception {
        String settings = "trusted-proxies = [\"192.0.2.0/24\"]\n";
        try (var server = TestServer.start(folder, settings, MODULES)) {
            assertThat(server.send(forwarded(server)).body().lines())
                    .contains(
                            "REMOTE_ADDR=127.0.0.1",
                            "REQUEST_SCHEME=http",
                            "SERVER_NAME=127.0.0.1",
                            "HTTP_X_FORWARDED_FOR=198.51.100.7")
                    .noneMatch(l -> l.startsWith("HTTPS="));
        }
    }

    @Test
    void aRequestHeadAsLongAsItsLimitIsTaken() throws Exception {
        String start = "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ";
        String end = "\r\n\r\n";
        int room = Listeners.REQUEST_HEAD_BYTES - start.length() - end.length();
        String modules = "[[module]]\nroute = '/hello'\nmodule = 'hello.wasm'\n";
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.raw(start + "x".repeat(room) + end)).startsWith("HTTP/1.1 200 ");
            assertThat(server.raw(start + "x".repeat(room + 1) + end)).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void requestsAtOnceOnAConnectionAreBounded() throws Exception {
        try (var server = TestServer.start(folder, MODULES);
                var client = new Http2Client(server.server().uri())) {
            assertThat(client.send("GET", "a", "/env", HttpFields.EMPTY, new byte[0]))
                    .contains("SERVER_PROTOCOL=HTTP/2.0");
            for (int i = 0; i < Listeners.STREAMS; i++) {
                client.open("a", "/env");
            }
            assertThatThrownBy(() -> client.open("a", "/env"))
                    .hasMessageContaining("Max local stream count " + Listeners.STREAMS);
        }
    }

    @Test
    void errorsOfTheConnectionLookLikeOurs() throws Exception {
        try (var server = TestServer.start(folder, MODULES)) {
            String twoHosts =
                    "GET /env HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n";
            String bomb =
                    "GET /env HTTP/1.1\r\nHost: a\r\nX: "
                            + "x".repeat(Listeners.REQUEST_HEAD_BYTES)
                            + "\r\n\r\n";

            assertThat(server.raw(twoHosts))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("400 Bad Request: The server did not take this request.\n");
            assertThat(server.raw(bomb)).startsWith("HTTP/1.1 431 ");
            assertThat(server.raw("GET /env HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }
    }
}
