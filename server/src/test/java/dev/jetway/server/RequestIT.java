package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RequestIT {
    private static final int BODY_LIMIT = 11 << 20;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        String cookies = "Content-Type: text/plain\nSet-Cookie: a=1\nSet-Cookie: b=2\n\nbody";
        server =
                TestServer.start(
                        folder,
                        "[limits]\nrequest-body = \"" + BODY_LIMIT + "B\"\n",
                        """
                        [[module]]
                        route = "/hello"
                        module = "hello.wasm"
                        [[module]]
                        route = "/env/..."
                        module = "env.wasm"
                        environment = { GREETING = "hi", PLAIN = "${env:HOME} ${sys:user.home}" }
                        [[module]]
                        route = "/echo/..."
                        module = "echo.wasm"
                        """
                                + TestServer.printing(folder, "/cookies", cookies));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    @Test
    void getIsAnswered() throws Exception {
        HttpResponse<String> response = server.get("/hello");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/plain");
        assertThat(response.headers().firstValue("content-length")).contains("12");
        assertThat(response.headers().firstValue("server")).isEmpty();
        assertThat(response.body()).isEqualTo("Hello world\n");
    }

    @Test
    void headHasTheHeadOfGetAndNoBody() throws Exception {
        var head = server.send(server.request("/hello").HEAD().build());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains("text/plain");
        assertThat(head.headers().firstValue("content-length")).contains("12");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void theGuestSeesTheRequest() throws Exception {
        String body =
                server.send(
                                server.request("/env/a%20b/c?x=1&y=%20")
                                        .header("X-Custom", "value")
                                        .header("Proxy", "http://attacker")
                                        .build())
                        .body();

        assertThat(body.lines())
                .contains(
                        "PATH_INFO=/a b/c",
                        "SCRIPT_NAME=/env",
                        "QUERY_STRING=x=1&y=%20",
                        "REQUEST_METHOD=GET",
                        "SERVER_PROTOCOL=HTTP/1.1",
                        "REMOTE_ADDR=127.0.0.1",
                        "SERVER_PORT=" + server.server().uri().getPort(),
                        "HTTP_X_CUSTOM=value",
                        "GREETING=hi",
                        "argv[0]=/env/a%20b/c",
                        "argv[1]=x=1",
                        "argv[2]=y=%20")
                .noneMatch(l -> l.startsWith("HTTP_PROXY"));
    }

    @Test
    void nothingOfTheHostReachesAGuest() throws Exception {
        String body = server.get("/env").body();

        assertThat(body.lines()).contains("PLAIN=${env:HOME} ${sys:user.home}");
        assertThat(body).doesNotContain(System.getProperty("user.home"), "PATH=/usr");
    }

    @Test
    void aFieldInUtf8ReachesTheGuestAsItIs() throws Exception {
        String utf8 =
                new String("Jürgen".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String head = "GET /env HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Name: ";

        assertThat(server.raw(head + utf8 + "\r\n\r\n")).contains("HTTP_X_NAME=Jürgen\n");
    }

    @Test
    void repeatedResponseFieldsAreKept() throws Exception {
        assertThat(server.get("/cookies").headers().allValues("set-cookie"))
                .containsExactly("a=1", "b=2");
        assertThat(server.get("/cookies").body()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 10 << 20})
    void aBinaryBodyGoesBothWays(int size) throws Exception {
        byte[] body = random(size);

        HttpResponse<byte[]> response = server.post("/echo?raw", "application/x-test", body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/x-test");
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void aChunkedBodyHasItsLength() throws Exception {
        byte[] body = random(100_000);
        var response =
                server.send(
                        server.request("/echo")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))
                                .build());

        assertThat(response.body()).contains("CONTENT_LENGTH: 100000\n");
    }

    @Test
    void aBodyAtTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
        assertThat(server.post("/echo?raw", "a/b", new byte[BODY_LIMIT]).statusCode())
                .isEqualTo(200);
        String declared =
                "POST /echo?raw HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                        + (BODY_LIMIT + 1)
                        + "\r\n\r\n";
        assertThat(server.raw(declared)).startsWith("HTTP/1.1 413 ");
        String chunked =
                "POST /echo?raw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(BODY_LIMIT + 1)
                        + "\r\n"
                        + "x".repeat(BODY_LIMIT + 1)
                        + "\r\n0\r\n\r\n";
        assertThat(server.raw(chunked)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void largeBodiesLeaveNoFilesBehind() throws Exception {
        server.post("/echo?raw", "a/b", random(1 << 20));
        server.get("/hello");

        // The response may arrive before the body's file is removed.
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(server.served().temporaryFiles()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404",
        "/hello/, 404",
        "/, 404",
        "/env/../hello, 200",
        "/env/%2e%2e/x, 404",
        "/env/%2e%2e/hello, 200",
        "/env/%00, 400",
        "/env/a%2Fb, 400",
        "/env/a//b, 200",
        "/env/100%25, 200",
        "/env/a|b[c]{d}, 200",
        "/../hello, 400",
        "/env/..;/x, 200",
    })
    void aTargetIsServedOrRefused(String target, int status) throws Exception {
        String answer =
                server.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void errorsSayNothingAboutTheHost() throws Exception {
        HttpResponse<String> response = server.get("/nothing");

        assertThat(response.headers().firstValue("content-type"))
                .contains("text/plain;charset=utf-8");
        assertThat(response.body()).isEqualTo("404 Not Found: There is nothing at this address.\n");
        assertThat(server.raw("GET /../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContainIgnoringCase("jetty")
                .doesNotContain("dev.jetway", "java.");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String one = "GET /env?1 HTTP/1.1\r\nHost: x\r\n\r\n";
        String two = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
        String three = "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        String answers = server.raw(one + two + three);

        assertThat(answers.indexOf("QUERY_STRING=1")).isPositive();
        assertThat(answers.indexOf("404 Not Found")).isGreaterThan(answers.indexOf("QUERY_STRING"));
        assertThat(answers).endsWith("Hello world\n");
    }

    /** The thread of each guest reads the next request. */
    @Test
    void aLongPipelineOfGuestsIsAnsweredInOrder() throws Exception {
        int requests = 500;
        var pipeline = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            pipeline.append("GET /env?").append(i).append(" HTTP/1.1\r\nHost: x\r\n");
            pipeline.append(i == requests - 1 ? "Connection: close\r\n\r\n" : "\r\n");
        }

        String answers = server.raw(pipeline.toString());

        assertThat(answers.lines().filter(l -> l.startsWith("QUERY_STRING=")))
                .containsExactlyElementsOf(
                        IntStream.range(0, requests).mapToObj(i -> "QUERY_STRING=" + i).toList());
    }

    @Test
    void http10IsAnsweredAndClosed() throws Exception {
        assertThat(server.raw("GET /env HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("SERVER_PROTOCOL=HTTP/1.0", "SERVER_NAME=127.0.0.1");
    }

    @Test
    void healthIsAnsweredOnBothListeners() throws Exception {
        assertThat(server.get("/healthz").body()).isEqualTo("OK\n");
        assertThat(server.admin("/healthz")).isEqualTo("OK\n");
    }

    @Test
    void metricsCountRequestsByRoute() throws Exception {
        String series =
                "jetway_requests_total{site=\"default\",route=\"/cookies\",outcome=\"ok\",status=\"200\",} ";
        server.get("/cookies");
        String before = value(series);
        server.get("/cookies");

        assertThat(Double.parseDouble(value(series)) - Double.parseDouble(before)).isEqualTo(1);
        assertThat(server.admin("/metrics"))
                .contains("jetway_guest_duration_seconds_bucket", "jvm_memory_bytes_used")
                .containsPattern("jetway_module_(disk_loads|compilations)_total [1-9]")
                .containsPattern("jetway_modules_bytes [1-9]");
        assertThat(server.get("/metrics").statusCode()).isEqualTo(404);
    }

    private static String value(String series) throws Exception {
        return server.admin("/metrics")
                .lines()
                .filter(l -> l.startsWith(series))
                .map(l -> l.substring(series.length()))
                .findFirst()
                .orElse("0");
    }

    @Test
    void utf8PassesUnchanged() throws Exception {
        byte[] body = "größe 日本".getBytes(StandardCharsets.UTF_8);

        assertThat(server.post("/echo?raw", "text/plain", body).body()).isEqualTo(body);
    }
}
