package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Input that is not HTTP gets a clean refusal or a closed connection, never a guest, never a 500.
 */
@Timeout(60)
final class BadInputIT {
    private static final String BOTH_LENGTHS =
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(folder, "[[module]]\nroute = \"/...\"\nmodule = \"env.wasm\"\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a\\0b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a\u0001b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a\tb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a\u007fb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a%5C..%5Cb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a\\..\\b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /.. HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%2e%2e/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\nConnection: close\r\n\r\n",
                BOTH_LENGTHS,
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\na",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                "\0\0\0\0",
            })
    void itIsRefusedOrClosed(String request) throws Exception {
        String answer = server.raw(request.replace("\\0", "\0"));

        if (!answer.isEmpty()) {
            assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|501|505) .*");
        }
        assertThat(answer)
                .doesNotContain("GATEWAY_INTERFACE", "java.", "dev.jetway")
                .doesNotContainIgnoringCase("jetty");
        assertThat(server.get("/x").statusCode()).isEqualTo(200);
    }
}
