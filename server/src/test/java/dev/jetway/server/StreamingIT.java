package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that stream, and slow clients: the only slot for guests stays free. */
@Timeout(60)
final class StreamingIT {
    private static final String PIPELINE_END = "Connection: close\r\n\r\n";
    private static final String LOOP = " HTTP/1.1\r\nHost: a\r\nX-Probe: loop\r\n\r\n";

    /** A header block in two parts with a pause in between. */
    private static final String TWO_WRITES =
            "stdout=Q29udGVudC1UeXBlOiB0ZXh0L3BsYWluCgphYg==, chunk=20, ";

    private static final int LIMIT = 1 << 20;

    @TempDir private Path folder;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                TestServer.start(
                        folder,
                        "guest-slots = 1\nadmission-wait = \"20s\"\nidle-timeout = \"2s\"\n[limits]\nrequest-body = \"1MiB\"\n",
                        """
                        [[module]]
                        route = "/hello"
                        module = "hello.wasm"
                        [[module]]
                        route = "/echo"
                        module = "echo.wasm"
                        request-body = "stream"
                        [[module]]
                        route = "/probe"
                        module = "cgi-probe.wasm"
                        [[module]]
                        route = "/stream"
                        module = "cgi-probe.wasm"
                        dialect = "cgi"
                        request-body = "stream"
                        """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect(String head) throws IOException {
        var socket = new Socket(server.server().uri().getHost(), server.server().uri().getPort());
        socket.setSoTimeout(20_000);
        send(socket, head);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads until a text has arrived. */
    private static String readUntil(Socket socket, String text) throws IOException {
        var read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(text) < 0) {
            int b = in.read();
            assertThat(b).as("the end instead of '%s' after %s", text, read).isNotNegative();
            read.append((char) b);
        }
        return read.toString();
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void assertThatHelloAnswers() throws Exception {
        assertThat(server.get("/hello").statusCode()).isEqualTo(200);
    }

    @Test
    void aGuestReadsTheFirstPartOfABodyBeforeTheLastIsSent() throws Exception {
        try (var socket =
                connect(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n"
                                + PIPELINE_END
                                + "first\n")) {
            readUntil(socket, "first");
            assertThatHelloAnswers();
            send(socket, "other\n");
            assertThat(rest(socket)).contains("other");
        }
    }

    @Test
    void aStreamedBodyArrivesWhole() throws Exception {
        byte[] body = new byte[LIMIT];
        new Random(7).nextBytes(body);

        assertThat(server.post("/echo?raw", "application/octet-stream", body).body())
                .isEqualTo(body);
    }

    @Test
    void theLengthOfABodyInChunksIsNotKnownToTheGuest() throws Exception {
        String known =
                server.send(server.request("/stream").POST(BodyPublishers.ofString("1234")).build())
                        .body();
        String unknown =
                server.raw(
                        "POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                                + PIPELINE_END
                                + "4\r\n1234\r\n0\r\n\r\n");

        assertThat(known).contains("\"CONTENT_LENGTH\":\"4\"", "\"length\":4");
        assertThat(unknown).doesNotContain("CONTENT_LENGTH").contains("\"length\":4");
    }

    @Test
    void aBodyOverTheLimitIsRefusedAnnouncedOrNot() throws Exception {
        String announced =
                server.raw(
                        "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n"
                                + PIPELINE_END);
        String chunks = "80000\r\n" + "x".repeat(1 << 19) + "\r\n";
        String head =
                "POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + PIPELINE_END;

        assertThat(announced).startsWith("HTTP/1.1 413 ");
        assertThat(server.raw(head + chunks + chunks + "0\r\n\r\n")).contains("\"length\":1048576");
        assertThat(server.raw(head + chunks + chunks + "1\r\nx\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatBreaksOffEndsTheGuestThatReadsIt() throws Exception {
        try (var socket =
                connect("POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf")) {
            awaitMetric("jetway_parked_guests 1.0");
            assertThat(socket.isConnected()).isTrue();
        }
        awaitMetric("outcome=\"bad-request\"");
        assertThatHelloAnswers();
    }

    @Test
    void aMalformedStreamIsABadRequest() throws Exception {
        assertThat(
                        server.raw(
                                "POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:"
                                        + " chunked\r\n\r\n4\r\n1234\r\nZZ\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aClientThatExpectsAContinueGetsItWhenTheGuestReads() throws Exception {
        String head =
                "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect:"
                        + " 100-continue\r\n";
        try (var socket = connect(head + PIPELINE_END)) {
            assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            send(socket, "1234");
            assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("\"length\":4");
        }
        try (var socket = connect(head + "X-Probe: noread\r\n" + PIPELINE_END)) {
            assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("\"stdin\":null");
        }
    }

    @Test
    void slowReadersHoldNoSlot() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 20; i++) {
                sockets.add(
                        connect(
                                "GET /probe HTTP/1.1\r\nHost: a\r\nX-Probe: body=20000000\r\n\r\n"));
            }
            awaitMetric("jetway_parked_guests 20.0");
            assertThatHelloAnswers();
            // The first of them gets all of its answer when it reads again.
            readUntil(sockets.getFirst(), "\r\n\r\n");
            assertThat(server.get("/hello").body()).isNotEmpty();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        awaitMetric("jetway_parked_guests 0.0");
        assertThatHelloAnswers();
    }

    @Test
    void slowSendersHoldNoSlot() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 20; i++) {
                sockets.add(
                        connect("POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n1"));
                sockets.add(
                        connect("POST /probe HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n1"));
            }
            awaitMetric("jetway_parked_guests 20.0");
            assertThatHelloAnswers();
            send(sockets.getFirst(), "234567890");
            assertThat(readUntil(sockets.getFirst(), "\"length\":10")).contains("200 OK");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        awaitMetric("jetway_parked_guests 0.0");
    }

    @Test
    void aBodyThatStopsComingIsATimeout() throws Exception {
        try (var collected =
                        connect("POST /probe HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx");
                var streamed =
                        connect(
                                "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length:"
                                        + " 10\r\n\r\nx")) {
            assertThat(rest(collected)).startsWith("HTTP/1.1 408 ");
            assertThat(rest(streamed)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aGuestMayBeSilentForLongerThanAConnectionMayBeIdle() throws Exception {
        String answer =
                server.send(
                                server.request("/probe")
                                        .header("X-Probe", TWO_WRITES + "pause=2500")
                                        .build())
                        .body();

        assertThat(answer).isEqualTo("ab");
    }

    @Test
    void aClientThatResetsEndsItsGuest() throws Exception {
        for (String path : List.of("/probe", "/stream")) {
            try (var socket = connect("GET " + path + LOOP)) {
                awaitMetric("jetway_running_guests 1.0");
                assertThat(socket.isConnected()).isTrue();
                // Reset, as a client that only closes may wait for its answer.
                socket.setSoLinger(true, 0);
            }
            awaitMetric("jetway_running_guests 0.0");
        }
    }

    @Test
    void aClientThatHasClosedItsSideGetsAQuickAnswer() throws Exception {
        try (var socket =
                connect(
                        "GET /probe HTTP/1.1\r\nHost: a\r\nX-Probe: "
                                + TWO_WRITES
                                + "pause=300\r\n\r\n")) {
            socket.shutdownOutput();
            assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("ab");
        }
    }

    @Test
    void theNextRequestOfAPipelineWaitsForItsTurn() throws Exception {
        String slow = "GET /probe HTTP/1.1\r\nHost: a\r\nX-Probe: chunk=100, pause=100\r\n\r\n";
        try (var socket = connect(slow)) {
            readUntil(socket, "\"argv\"");
            send(socket, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(readUntil(socket, "Hello")).contains("200 OK");
            send(socket, slow + "GET /hello HTTP/1.1\r\nHost: a\r\n" + PIPELINE_END);
            assertThat(rest(socket)).contains("\"argv\"", "Hello");
        }
    }

    /** 1024 bytes are read ahead while a guest runs; more wait in the system's buffer. */
    @ParameterizedTest
    @ValueSource(ints = {1023, 1024, 1025, 20_000})
    void aRequestThatArrivesDuringARunIsReadWhole(int size) throws Exception {
        String first =
                "GET /probe HTTP/1.1\r\nHost: a\r\nX-Probe: " + TWO_WRITES + "pause=400\r\n\r\n";
        String start = "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: ";
        String end = "\r\n\r\n";
        String next = start + "x".repeat(size - start.length() - end.length()) + end;
        try (var socket = connect(first)) {
            awaitMetric("jetway_running_guests 1.0");
            // The connection is watched by now.
            TimeUnit.MILLISECONDS.sleep(150);
            send(socket, next);
            assertThat(rest(socket)).contains("ab").endsWith("Hello world\n");
        }
    }

    /** Sizes around one and around both buffers. */
    @ParameterizedTest
    @ValueSource(ints = {32_767, 32_768, 32_769, 65_535, 65_536, 65_537})
    void aBodyOfAnySizeArrivesWhole(int size) throws Exception {
        // The probe prints its variables before the requested bytes.
        int more = 10_000;
        int first = printed(more) - more;

        assertThat(printed(size - first)).isEqualTo(size);
    }

    private int printed(int body) throws Exception {
        HttpRequest request =
                server.request("/probe")
                        .header("X-Probe", "body=" + body + ", chunk=65536")
                        .build();
        return server.stream(request).body().readAllBytes().length;
    }

    private void awaitMetric(String line) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!server.admin("/metrics").contains(line)) {
            assertThat(System.nanoTime())
                    .as("%s in %s", line, server.admin("/metrics"))
                    .isLessThan(end);
        }
    }
}
