package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each byte from 0 to 255 in each part of a request: it arrives unchanged, or the request is
 * refused.
 */
@Timeout(60)
final class BytesIT {
    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        var modules = new StringBuilder();
        for (String dialect : new String[] {"wagi", "cgi"}) {
            modules.append(
                    """
                    [[module]]
                    route = "/%1$s/..."
                    module = "env.wasm"
                    dialect = "%1$s"
                    [[module]]
                    route = "/%1$s-print"
                    module = "cgi-probe.wasm"
                    dialect = "%1$s"
                    """
                            .formatted(dialect));
        }
        server = TestServer.start(folder, modules.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of("wagi", "cgi")
                .flatMap(d -> Stream.of(Arguments.of(d, false), Arguments.of(d, true)));
    }

    /** The answer to a request; empty if it was refused. */
    private static Optional<String> ask(boolean http2, String target, String field)
            throws Exception {
        int status;
        String body;
        if (http2) {
            String[] fields = field.isEmpty() ? new String[0] : new String[] {field};
            RawHttp2.Answer answer =
                    RawHttp2.send(server.server().uri(), "GET", "a", target, fields);
            status = answer.status();
            body = answer.body();
        } else {
            String line = field.isEmpty() ? "" : field + "\r\n";
            String answer =
                    server.rawBytes(
                            "GET %s HTTP/1.1\r\nHost: a\r\n%sConnection: close\r\n\r\n"
                                    .formatted(target, line));
            status = Integer.parseInt(answer.substring(9, 12));
            body = TestServer.body(answer);
        }
        assertThat(status).isIn(200, 400, 505);
        return status == 200 ? Optional.of(body) : Optional.empty();
    }

    /** A byte as the program prints it: control characters as {@code \\xNN}. */
    private static String printed(int b) {
        return b < ' ' || b == 0x7f ? "\\x%02x".formatted(b) : Character.toString((char) b);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFieldKeepsWhatHttpAllows(String dialect, boolean http2) throws Exception {
        for (int b = 0; b < 256; b++) {
            Optional<String> body = ask(http2, "/" + dialect, "x-b:a" + (char) b + "z");

            boolean allowed = (b >= ' ' && b != 0x7f) || b == '\t';
            assertThat(body.isPresent()).as("byte %02x", b).isEqualTo(allowed);
            body.ifPresent(text -> assertThat(text).contains("HTTP_X_B=a"));
            if (allowed) {
                assertThat(body.orElseThrow()).contains("\nHTTP_X_B=a" + printed(b) + "z\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aPercentEncodedPathAndQueryKeepAllBytesButNulAndSlash(String dialect, boolean http2)
            throws Exception {
        for (int b = 0; b < 256; b++) {
            String text = "a%%%02X".formatted(b) + "z";
            Optional<String> path = ask(http2, "/" + dialect + "/" + text, "");
            Optional<String> query = ask(http2, "/" + dialect + "?" + text, "");

            assertThat(path.isPresent()).as("byte %02x", b).isEqualTo(b != 0 && b != '/');
            path.ifPresent(body ->
                    assertThat(body).contains("REQUEST_URI=/" + dialect + "/" + text + "\n"));
            if (path.isPresent()) {
                assertThat(path.get()).contains("\nPATH_INFO=/a" + printed(b) + "z\n");
            }
            assertThat(query.orElseThrow()).contains("\nQUERY_STRING=" + text + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aTargetHoldsNoControlCharactersAndNothingThatIsNotUtf8(String dialect, boolean http2)
            throws Exception {
        for (int b : IntStream.range(0, 256).filter(c -> "#%?/".indexOf(c) < 0).toArray()) {
            String text = "a" + (char) b + "z";
            Optional<String> path = ask(http2, "/" + dialect + "/" + text, "");
            Optional<String> query = ask(http2, "/" + dialect + "?" + text, "");

            boolean allowed = b > ' ' && b < 0x7f;
            assertThat(path.isPresent()).as("byte %02x", b).isEqualTo(allowed);
            assertThat(query.isPresent()).as("byte %02x", b).isEqualTo(allowed);
            if (allowed) {
                assertThat(path.orElseThrow())
                        .contains("\nPATH_INFO=/" + text + "\n")
                        .contains("REQUEST_URI=/" + dialect + "/" + text + "\n");
                assertThat(query.orElseThrow()).contains("\nQUERY_STRING=" + text + "\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void utf8InATargetIsTakenByteForByte(String dialect, boolean http2) throws Exception {
        String text = "\u00c3\u00a9\u00ec\u0095\u0088"; // bytes of é and 안
        assertThat(ask(http2, "/" + dialect + "/" + text + "?" + text, "").orElseThrow())
                .contains("\nPATH_INFO=/" + text + "\n")
                .contains("\nQUERY_STRING=" + text + "\n")
                .contains("REQUEST_URI=/" + dialect + "/" + text + "?" + text + "\n");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aResponseFieldKeepsWhatHttpAllows(String dialect, boolean http2) throws Exception {
        for (int b : IntStream.range(0, 256).filter(c -> c != '\n').toArray()) {
            String value = "a" + (char) b + "z";
            String output = "Content-Type: a/b\nX-B: " + value + "\n\nbody";
            String field =
                    "x-probe:stdout="
                            + Base64.getEncoder()
                                    .encodeToString(output.getBytes(StandardCharsets.ISO_8859_1));
            boolean allowed = (b >= ' ' && b != 0x7f) || b == '\t';
            String target = "/" + dialect + "-print";
            if (http2) {
                var answer = RawHttp2.send(server.server().uri(), "GET", "a", target, field);
                assertThat(answer.status()).as("byte %02x", b).isEqualTo(allowed ? 200 : 502);
                if (allowed) {
                    assertThat(answer.values("x-b")).containsExactly(value);
                    assertThat(answer.body()).isEqualTo("body");
                }
            } else {
                String answer =
                        server.rawBytes(
                                "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\nConnection: close\r\n\r\n"
                                        .formatted(target, field));
                assertThat(answer)
                        .as("byte %02x", b)
                        .startsWith(allowed ? "HTTP/1.1 200 " : "HTTP/1.1 502 ");
                if (allowed) {
                    assertThat(answer).contains("\r\nX-B: " + value + "\r\n");
                }
            }
        }
    }
}
