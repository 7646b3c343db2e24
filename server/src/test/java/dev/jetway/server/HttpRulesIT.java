package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of HTTP that the server follows itself, and those that a route sets. */
@Timeout(60)
final class HttpRulesIT {
    private static final String MODULES =
            """
            [[module]]
            route = "/probe"
            module = "cgi-probe.wasm"
            dialect = "cgi"
            [[module]]
            route = "/wagi"
            module = "cgi-probe.wasm"
            [[module]]
            route = "/form"
            module = "cgi-probe.wasm"
            methods = ["GET", "POST"]
            [[module]]
            route = "/put"
            module = "cgi-probe.wasm"
            methods = ["PUT"]
            [[module]]
            route = "/trace"
            module = "cgi-probe.wasm"
            methods = ["TRACE"]
            [[module]]
            route = "/unconditional"
            module = "cgi-probe.wasm"
            conditional = false
            [[module]]
            route = "/bounded"
            module = "cgi-probe.wasm"
            half-closed-time = "100ms"
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        String local =
                """
                Set-Cookie: a=1
                Set-Cookie: b=2
                X-Note: n
                ETag: "1"
                X-Own: first
                Content-Type: c/d
                Location: /x/../home?q=%20#part

                """;
        server =
                TestServer.start(
                        folder,
                        MODULES
                                + TestServer.printing(folder, "/log-in", local)
                                + "dialect = \"cgi\"\n"
                                + TestServer.printing(
                                        folder, "/twice", "Set-Cookie: z=0\nLocation: /log-in\n\n")
                                + "dialect = \"cgi\"\n"
                                + TestServer.printing(
                                        folder,
                                        "/home",
                                        "Content-Type: a/b\nSet-Cookie: c=3\nX-Own: second\n\nhome")
                                + TestServer.printing(
                                        folder, "/lost", "Set-Cookie: a=1\nLocation: /none\n\n")
                                + "dialect = \"cgi\"\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String probe(String output) {
        byte[] bytes = output.getBytes(StandardCharsets.ISO_8859_1);
        return "X-Probe: stdout=" + Base64.getEncoder().encodeToString(bytes) + "\r\n";
    }

    private static String ask(String line, String fields) throws Exception {
        return server.rawBytes(
                line + " HTTP/1.1\r\nHost: a\r\n" + fields + "Connection: close\r\n\r\n");
    }

    private static String head(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n") + 2);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /form, 200, ''",
        "HEAD, /form, 200, ''",
        "POST, /form, 200, ''",
        "PUT, /form, 405, 'GET, HEAD, POST'",
        "get, /form, 405, 'GET, HEAD, POST'",
        "OPTIONS, /form, 405, 'GET, HEAD, POST'",
        "GET, /put, 405, PUT",
        "HEAD, /put, 405, PUT",
        "PUT, /put, 200, ''",
        "TRACE, /put, 405, PUT",
        "TRACE, /probe, 405, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'",
        "trace, /probe, 405, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'",
        "TRACE, /wagi, 405, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'",
        "TRACE, /trace, 200, ''",
        "GET, /trace, 405, TRACE",
        "PROPFIND, /probe, 200, ''",
        "OPTIONS, /probe, 200, ''",
    })
    void aMethodReachesTheProgramIfTheRouteTakesIt(
            String method, String path, int status, String allow) throws Exception {
        String answer = ask(method + " " + path, "");
        var second = RawHttp2.send(server.server().uri(), method, "a", path);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(second.status()).isEqualTo(status);
        if (!allow.isEmpty()) {
            assertThat(answer).contains("\r\nAllow: " + allow + "\r\n");
            assertThat(second.values("allow")).containsExactly(allow);
        }
    }

    @Test
    void theServerAsAWholeTellsItsMethods() throws Exception {
        assertThat(ask("OPTIONS *", ""))
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\nAllow: GET, HEAD, ", "\r\nContent-Length: 0\r\n");
        assertThat(ask("GET *", "")).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'gzip, chunked', 501",
        "'identity, chunked', 501",
        "chunked, 200",
        "CHUNKED, 200",
    })
    void anUnknownTransferCodingIsNotPassedOn(String coding, int status) throws Exception {
        String answer =
                server.rawBytes(
                        "POST /probe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                                + coding
                                + "\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "/probe, 'ETag: \"a\"', 'If-None-Match: \"a\"', 304",
        "/wagi, 'ETag: \"a\"', 'If-None-Match: \"a\"', 304",
        "/probe, 'ETag: \"a\"', 'If-None-Match: \"b\"', 200",
        "/probe, 'ETag: \"a\"', 'If-Match: \"b\"', 412",
        "/wagi, 'Last-Modified: Tue, 15 Feb 2005 15:00:00 GMT',"
                + " 'If-Modified-Since: Tue, 15 Feb 2005 15:00:00 GMT', 304",
        "/probe, 'Status: 200\nETag: \"a\"', 'If-None-Match: \"a\"', 200",
        "/unconditional, 'ETag: \"a\"', 'If-None-Match: \"a\"', 200",
        "/unconditional, 'ETag: \"a\"', 'If-Match: \"b\"', 200",
    })
    void aConditionIsAnsweredForTheProgram(
            String path, String printed, String condition, int status) throws Exception {
        String output = "Content-Type: a/b\nCache-Control: no-cache\n" + printed + "\n\nbody";
        String answer = ask("GET " + path, probe(output) + condition + "\r\n");
        var second =
                RawHttp2.send(
                        server.server().uri(),
                        "GET",
                        "a",
                        path,
                        "x-probe:" + probe(output).substring(9).strip(),
                        condition.toLowerCase(java.util.Locale.ROOT).startsWith("if-modified")
                                ? "if-modified-since:" + condition.substring(19)
                                : condition
                                                .substring(0, condition.indexOf(':'))
                                                .toLowerCase(java.util.Locale.ROOT)
                                        + ":"
                                        + condition.substring(condition.indexOf(':') + 2));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(second.status()).isEqualTo(status);
        if (status == 304) {
            assertThat(answer).endsWith("\r\n\r\n").contains("Cache-Control: no-cache");
            assertThat(head(answer)).doesNotContain("Content-");
            assertThat(second.body()).isEmpty();
        } else {
            assertThat(answer.endsWith("body")).isEqualTo(status == 200);
        }
    }

    @Test
    void aLocalRedirectKeepsTheFieldsOfTheProgramThatMadeIt() throws Exception {
        for (String path : new String[] {"/log-in", "/twice"}) {
            String answer = ask("POST " + path, "Content-Length: 0\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("home");
            assertThat(head(answer))
                    .contains("Set-Cookie: a=1\r\n", "Set-Cookie: b=2\r\n", "Set-Cookie: c=3\r\n")
                    .contains("X-Note: n\r\n", "X-Own: first\r\n", "X-Own: second\r\n")
                    .contains("Content-Type: a/b\r\n")
                    .doesNotContain("ETag", "Location", "c/d");
            assertThat(head(answer).contains("Set-Cookie: z=0")).isEqualTo(path.equals("/twice"));
        }
        assertThat(ask("GET /lost", ""))
                .startsWith("HTTP/1.1 404 ")
                .contains("Set-Cookie: a=1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'Status: 404 Nothing Here', 'HTTP/1.1 404 Nothing Here'",
        "'Status: 299 Custom Thing', 'HTTP/1.1 299 Custom Thing'",
        "'Status: 200 Caf\u00e9', 'HTTP/1.1 200 Caf\u00e9'",
        "'Status: 404', 'HTTP/1.1 404 Not Found'",
        "'Status: 299', 'HTTP/1.1 299 '",
        "'Content-Type: a/b', 'HTTP/1.1 200 OK'",
    })
    void theReasonPhraseIsTheProgramsOwn(String printed, String line) throws Exception {
        String output = printed + "\nX-A: b\n\nbody";
        String answer = ask("GET /probe", probe(output));

        assertThat(answer.substring(0, answer.indexOf('\r'))).isEqualTo(line);
    }

    @Test
    void theProgramsDateAndServerStandOnce() throws Exception {
        String date = "Tue, 15 Feb 2005 15:00:00 GMT";
        String answer =
                ask("GET /probe", probe("Content-Type: a/b\nDate: " + date + "\nServer: own\n\n"));

        assertThat(head(answer).lines().filter(l -> l.startsWith("Date:")))
                .containsExactly("Date: " + date);
        assertThat(head(answer).lines().filter(l -> l.startsWith("Server:")))
                .containsExactly("Server: own");
    }

    private static String halfClosed(String path) throws Exception {
        try (var socket =
                new Socket(server.server().uri().getHost(), server.server().uri().getPort())) {
            socket.setSoTimeout(20_000);
            String output = "Content-Type: a/b\n\nlate";
            OutputStream out = socket.getOutputStream();
            // A pause between two writes: the first byte and the others.
            out.write(
                    ("GET "
                                    + path
                                    + " HTTP/1.0\r\n"
                                    + probe(output).strip()
                                    + ",chunk=20,pause=1500\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aClientThatHasClosedItsSendingSideGetsItsAnswer() throws Exception {
        assertThat(halfClosed("/probe")).startsWith("HTTP/1.1 200 ").endsWith("late");
    }

    @Test
    void aRouteMayBoundTheWaitForAHalfClosedClient() throws Exception {
        assertThat(halfClosed("/bounded")).doesNotContain("late");
    }
}
