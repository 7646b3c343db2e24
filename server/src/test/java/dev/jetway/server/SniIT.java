package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.server.tls.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates by name: one of many for each host, and the answers of certificate authorities. */
final class SniIT {
    @TempDir private Path folder;
    private Path live;
    private Path webroot;

    @BeforeEach
    void certificates() throws Exception {
        live = Files.createDirectories(folder.resolve("live"));
        webroot = Files.createDirectories(folder.resolve("acme/.well-known/acme-challenge"));
        TestCertificate.live(live, "alice.test");
        TestCertificate.live(live, "bob.test");
    }

    private TestServer start() throws Exception {
        return TestServer.start(
                folder,
                "tls-listen = \"127.0.0.1:0\"\ntls-dir = \"live\"\nacme-dir = \"acme\"\n",
                TestServer.printing(folder, "/one", "Content-Type: text/plain\n\none"));
    }

    /** An answer to a client that accepts any certificate. */
    private record Answer(X509Certificate certificate, String text) {
        String host() throws Exception {
            return certificate.getSubjectAlternativeNames().iterator().next().get(1).toString();
        }
    }

    private static Answer ask(TestServer server, String sni, String host) throws Exception {
        URI uri =
                server.server().uris().stream()
                        .filter(u -> u.getScheme().equals("https"))
                        .findFirst()
                        .orElseThrow();
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        try (var plain = new Socket(uri.getHost(), uri.getPort());
                var socket =
                        (SSLSocket)
                                context.getSocketFactory()
                                        .createSocket(plain, sni, uri.getPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(sni)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream()
                    .write(
                            ("GET /one HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            String text =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer((X509Certificate) socket.getSession().getPeerCertificates()[0], text);
        }
    }

    /** Accepts the certificates of this test. */
    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void eachHostHasItsCertificate_andOthersTheFirst() throws Exception {
        try (var server = start()) {
            assertThat(ask(server, "alice.test", "alice.test").host()).isEqualTo("alice.test");
            assertThat(ask(server, "bob.test", "bob.test").host()).isEqualTo("bob.test");
            assertThat(ask(server, "bob.test", "bob.test").text()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aRequestForAnotherHostThanTheConnections_isMisdirected() throws Exception {
        try (var server = start()) {
            assertThat(ask(server, "alice.test", "bob.test").text()).startsWith("HTTP/1.1 421");
            assertThat(ask(server, "alice.test", "ALICE.test:443").text())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aNewCertificate_isUsedWithoutARestart_andABrokenOneIsIgnored() throws Exception {
        try (var server = start()) {
            TestCertificate.live(live, "carol.test");
            Path broken = Files.createDirectories(live.resolve("dave.test"));
            Files.writeString(broken.resolve("fullchain.pem"), "garbage");

            assertThat(server.postAdmin("/reload").statusCode()).isEqualTo(200);

            assertThat(ask(server, "carol.test", "carol.test").host()).isEqualTo("carol.test");
            assertThat(ask(server, "alice.test", "alice.test").host()).isEqualTo("alice.test");
        }
    }

    @Test
    void aCertificateThatIsRenewed_isNoticed() throws Exception {
        try (var server = start()) {
            X509Certificate before = ask(server, "alice.test", "alice.test").certificate();

            TestCertificate.live(live, "alice.test");

            await().until(() ->
                    !ask(server, "alice.test", "alice.test").certificate().equals(before));
        }
    }

    @Test
    void challenges_areAnsweredFromTheirFolderOnly() throws Exception {
        Files.writeString(webroot.resolve("token_1-A"), "token_1-A.thumbprint");
        Files.writeString(folder.resolve("acme/secret"), "secret");
        Files.createSymbolicLink(webroot.resolve("link"), folder.resolve("acme/secret"));
        Files.write(webroot.resolve("large"), new byte[4097]);
        Files.write(webroot.resolve("fits"), new byte[4096]);
        Files.writeString(webroot.resolve("t".repeat(200)), "longest");
        Files.writeString(webroot.resolve("t".repeat(201)), "longer");
        String challenges = "/.well-known/acme-challenge/";
        try (var server = start()) {
            assertThat(server.get(challenges + "t".repeat(200)).body()).isEqualTo("longest");
            assertThat(status(server, challenges + "t".repeat(201))).isEqualTo(404);
            assertThat(server.get(challenges + "token_1-A").body())
                    .isEqualTo("token_1-A.thumbprint");
            assertThat(server.get(challenges + "fits").statusCode()).isEqualTo(200);
            for (String wrong :
                    List.of("none", "link", "large", "", "..%2f..%2fsecret", "%2e%2e/x", "a.b")) {
                assertThat(status(server, challenges + wrong)).as(wrong).isIn(404, 400);
            }
        }
    }

    private static int status(TestServer server, String target) throws IOException {
        String answer =
                server.raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return Integer.parseInt(answer.substring(9, 12));
    }
}
