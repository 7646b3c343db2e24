package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that sends all of its body before it reads still gets the answer that came before. */
@Timeout(60)
final class EarlyAnswerIT {
    private static final int UPLOAD = 10_000_000;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(
                folder.resolve("users"),
                "alice:$2y$05$yLaywdkdHxxq42PQ7XfP0u3LrLNjAwKByzWEhNGFgltbFtC.yX4G6\n");
        server =
                TestServer.start(
                        folder,
                        """
                        [[module]]
                        route = "/small"
                        module = "cgi-probe.wasm"
                        request-body-limit = "64KiB"
                        [[module]]
                        route = "/users"
                        module = "cgi-probe.wasm"
                        auth = "basic"
                        auth-file = "users"
                        [[module]]
                        route = "/unread"
                        module = "cgi-probe.wasm"
                        request-body = "stream"
                        [[module]]
                        route = "/get"
                        module = "cgi-probe.wasm"
                        methods = ["GET"]
                        [[module]]
                        route = "/missing"
                        module = "missing.wasm"
                        [[module]]
                        route = "/streamed-small"
                        module = "cgi-probe.wasm"
                        request-body = "stream"
                        request-body-limit = "64KiB"
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void send(OutputStream out) throws Exception {
        var piece = new byte[1 << 16];
        Arrays.fill(piece, (byte) 'x');
        for (int sent = 0; sent < UPLOAD; sent += piece.length) {
            out.write(piece, 0, Math.min(piece.length, UPLOAD - sent));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/small, 413",
        "/users, 401",
        "/nowhere, 404",
        "/unread, 200",
        "/get, 405",
        "/missing, 503",
        "/streamed-small, 413",
        "/a%2Fb, 404",
    })
    void theAnswerArrivesOverHttp1(String path, int status) throws Exception {
        for (String connection : new String[] {"keep-alive", "close"}) {
            try (var socket =
                    new Socket(server.server().uri().getHost(), server.server().uri().getPort())) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                String head =
                        "POST %s HTTP/1.1\r\nHost: a\r\nX-Probe: noread\r\nConnection: %s\r\n"
                                .formatted(path, connection);
                out.write(
                        (head + "Content-Length: " + UPLOAD + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                send(out);
                out.flush();
                InputStream in = socket.getInputStream();
                String line = new String(in.readNBytes(13), StandardCharsets.US_ASCII);
                assertThat(line).isEqualTo("HTTP/1.1 " + status + " ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/small, 413",
        "/users, 401",
        "/nowhere, 404",
        "/unread, 200",
        "/get, 405",
        "/missing, 503",
    })
    void http2TellsTheClientToStopWithoutAnError(String path, int status) throws Exception {
        var answer =
                RawHttp2.send(
                        server.server().uri(),
                        UPLOAD,
                        "POST",
                        "a",
                        path,
                        "x-probe:noread",
                        "content-length:" + UPLOAD);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isNotEmpty();
        assertThat(answer.reset()).isZero();
        // curl would stop reading, and so sending, at the end of an answer that it takes as good.
        assertThat(answer.last() == 0).as("the end waits for the body").isEqualTo(status < 300);
    }

    /** More than {@code NO_ERROR} allows: Jetty would take the streams in flight for a flood. */
    @Test
    void aConnectionOfHttp2ServesOnAfterManyRefusedBodies() throws Exception {
        var body = new byte[UPLOAD];
        try (var client = new Http2Client(server.server().uri())) {
            for (int i = 0; i < 5; i++) {
                for (String path : List.of("/small", "/users", "/nowhere", "/missing")) {
                    assertThat(client.send("POST", "a", path, HttpFields.EMPTY, body))
                            .as(path)
                            .matches("(413|401|404|503) .*\\n");
                }
                HttpFields unread = HttpFields.build().add("X-Probe", "noread");
                assertThat(client.send("POST", "a", "/unread", unread, body)).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/small, 413", "/nowhere, 404", "/unread, 200"})
    void aConnectionWhoseBodyWasDroppedServesTheNextRequest(String path, int status)
            throws Exception {
        try (var socket =
                new Socket(server.server().uri().getHost(), server.server().uri().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST "
                                    + path
                                    + " HTTP/1.1\r\nHost: a\r\nX-Probe: noread\r\n"
                                    + "Content-Length: "
                                    + UPLOAD
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            send(out);
            out.write(
                    "GET /get HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).startsWith("HTTP/1.1 " + status + " ").contains("HTTP/1.1 200 OK");
        }
    }
}
