package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.server.tls.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS beside plain HTTP: guests see the same request. */
@Timeout(60)
final class TlsIT {
    /** Variables that differ between the two, or between requests. */
    private static final Set<String> DIFFERENT =
            Set.of(
                    "HTTPS=on",
                    "REQUEST_SCHEME",
                    "SERVER_PORT",
                    "REMOTE_PORT",
                    "HTTP_HOST",
                    "X_FULL_URL",
                    "UNIQUE_ID",
                    // Sent by a client that offers to change to HTTP/2 without TLS.
                    "HTTP_HTTP2_SETTINGS");

    @TempDir private static Path folder;
    private static TestServer server;
    private static SSLContext trust;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate made = TestCertificate.make(folder, "EC");
        server =
                TestServer.start(
                        folder,
                        """
                        tls-listen = "127.0.0.1:0"
                        tls-cert = "%s"
                        tls-key = "%s"
                        """
                                .formatted(
                                        made.certificate().getFileName(), made.key().getFileName()),
                        """
                        [[module]]
                        route = "/env"
                        module = "env.wasm"
                        dialect = "cgi"
                        [[module]]
                        route = "/echo"
                        module = "echo.wasm"
                        [[module]]
                        route = "/loop"
                        module = "cgi-probe.wasm"
                        """);
        trust = trusting(made.store());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        var anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("server", store.getCertificate("server"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    private static URI uri(String scheme, String path) {
        return server.server().uris().stream()
                .filter(u -> u.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow()
                .resolve(path);
    }

    private static HttpResponse<String> get(HttpClient client, String scheme) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(scheme, "/env")).header("X-A", "b").build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aGuestHasTheSameViewOverTls(HttpClient.Version version) throws Exception {
        try (var client = client(version)) {
            HttpResponse<String> secure = get(client, "https");
            HttpResponse<String> plain = get(client, "http");

            assertThat(secure.version()).isEqualTo(version);
            assertThat(plain.version()).isEqualTo(version);
            assertThat(secure.body().lines())
                    .contains(
                            "HTTPS=on",
                            "REQUEST_SCHEME=https",
                            "SERVER_PORT=" + uri("https", "/").getPort());
            assertThat(common(secure.body())).isEqualTo(common(plain.body()));
        }
    }

    private static Set<String> common(String environment) {
        var lines = new TreeSet<String>();
        environment
                .lines()
                .filter(l -> DIFFERENT.stream().noneMatch(l::startsWith))
                .filter(l -> !l.startsWith("HTTP_CONNECTION"))
                .forEach(lines::add);
        return lines;
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bodiesPassBothWays(HttpClient.Version version) throws Exception {
        String body = "0123456789".repeat(100_000);
        try (var client = client(version)) {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri("https", "/echo?raw"))
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void onlyTls12And13AreSpoken(String version) throws Exception {
        try (var socket =
                (SSLSocket)
                        trust.getSocketFactory()
                                .createSocket("127.0.0.1", uri("https", "/").getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void aClientThatLeavesEndsItsGuestOverTlsToo() throws Exception {
        try (var socket =
                trust.getSocketFactory().createSocket("127.0.0.1", uri("https", "/").getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /loop HTTP/1.1\r\nHost: a\r\nX-Probe: loop\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            awaitMetric("jetway_running_guests 1.0");
            assertThat(socket.isClosed()).isFalse();
            // Reset, as a client that only closes its side may wait for its answer.
            socket.setSoLinger(true, 0);
        }
        awaitMetric("jetway_running_guests 0.0");
        assertThat(server.get("/env").statusCode()).isEqualTo(200);
    }

    @Test
    void bothAddressesAreNamed() {
        assertThat(server.server().uris())
                .extracting(URI::getScheme)
                .isEqualTo(List.of("http", "https"));
    }

    private static void awaitMetric(String line) {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> server.admin("/metrics").contains(line));
    }
}
