package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No length and no body are invented, whatever the status, the method and the protocol. */
@Timeout(60)
final class BodylessIT {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)$");

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server =
                TestServer.start(
                        folder,
                        """
                        [[module]]
                        route = "/wagi"
                        module = "cgi-probe.wasm"
                        [[module]]
                        route = "/cgi"
                        module = "cgi-probe.wasm"
                        dialect = "cgi"
                        """);
        // The length of what a program prints is known if it ends soon, which its first runs do
        // not on a slow machine.
        for (int i = 0; i < 20; i++) {
            server.rawBytes("GET /wagi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            server.rawBytes("GET /cgi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Columns: method, output, status, Content-Length ('-': none), body. */
    @ParameterizedTest
    @CsvSource({
        "GET,  'Content-Type: a/b|', 200, 0, ''",
        "GET,  'Content-Type: a/b|hello', 200, 5, hello",
        "GET,  'Content-Type: a/b|Content-Length: 5|hello', 200, 5, hello",
        "HEAD, 'Content-Type: a/b|', 200, -, ''",
        "HEAD, 'Content-Type: a/b|hello', 200, 5, ''",
        "HEAD, 'Content-Type: a/b|Content-Length: 5|', 200, 5, ''",
        "HEAD, 'Content-Type: a/b|Content-Length: 0|', 200, 0, ''",
        "HEAD, 'Content-Type: a/b|Content-Length: 5|hello', 200, 5, ''",
        "HEAD, 'Content-Type: a/b|Content-Length: 7|hello', 200, 7, ''",
        "HEAD, 'Status: 404|Content-Type: a/b|', 404, -, ''",
        "HEAD, 'Status: 302|Location: http://a/|', 302, -, ''",
        "GET,  'Status: 204|', 204, -, ''",
        "GET,  'Status: 204|hello', 204, -, ''",
        "GET,  'Status: 204|Content-Length: 5|hello', 204, -, ''",
        "GET,  'Status: 204|Content-Length: 0|', 204, -, ''",
        "HEAD, 'Status: 204|', 204, -, ''",
        "GET,  'Status: 205|', 205, 0, ''",
        "GET,  'Status: 205|hello', 205, 0, ''",
        "GET,  'Status: 205|Content-Length: 5|hello', 205, 0, ''",
        "HEAD, 'Status: 205|', 205, 0, ''",
        "GET,  'Status: 304|ETag: \"a\"|', 304, -, ''",
        "GET,  'Status: 304|ETag: \"a\"|hello', 304, -, ''",
        "GET,  'Status: 304|Content-Length: 5|', 304, -, ''",
        "HEAD, 'Status: 304|', 304, -, ''",
        "GET,  'Status: 404|', 404, 0, ''",
        "GET,  'Status: 299|', 299, 0, ''",
    })
    void theAnswerHasTheLengthAndTheBodyThatItMayHave(
            String method, String printed, int status, String length, String body)
            throws Exception {
        int last = printed.lastIndexOf('|');
        String output =
                printed.substring(0, last).replace('|', '\n')
                        + "\n\n"
                        + printed.substring(last + 1);
        String field =
                "X-Probe:stdout="
                        + Base64.getEncoder()
                                .encodeToString(output.getBytes(StandardCharsets.US_ASCII));
        List<String> lengths = length.equals("-") ? List.of() : List.of(length);
        for (String path : List.of("/wagi", "/cgi")) {
            String line = method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + field + "\r\n";
            // On one connection: a client would take superfluous bytes for the next answer.
            String answers = server.rawBytes(line + "\r\n" + line + "Connection: close\r\n\r\n");
            String[] each = answers.split("(?=HTTP/1\\.1 )", -1);
            assertThat(each).hasSize(2);
            for (String answer : each) {
                assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
                int end = answer.indexOf("\r\n\r\n") + 2;
                assertThat(LENGTH.matcher(answer.substring(0, end)).results().map(m -> m.group(1)))
                        .isEqualTo(lengths);
                assertThat(answer.substring(end + 2)).isEqualTo(body);
            }
            var second =
                    RawHttp2.send(
                            server.server().uri(), method, "a", path, field.replace("X-P", "x-p"));
            assertThat(second.status()).isEqualTo(status);
            assertThat(second.values("content-length")).isEqualTo(lengths);
            assertThat(second.body()).isEqualTo(body);
            assertThat(second.reset()).isEqualTo(-1);
        }
    }

    /** RFC 9110 §15.2: an interim answer would not end the exchange. */
    @ParameterizedTest
    @CsvSource({"100", "101", "102", "103", "199"})
    void anInterimStatusIsRefused(String status) throws Exception {
        String field =
                "x-probe:stdout="
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("Status: " + status + "\n\n")
                                                .getBytes(StandardCharsets.US_ASCII));
        assertThat(
                        server.rawBytes(
                                "GET /cgi HTTP/1.1\r\nHost: a\r\n"
                                        + field
                                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ");
        assertThat(RawHttp2.send(server.server().uri(), "GET", "a", "/wagi", field).status())
                .isEqualTo(502);
    }
}
