package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.http.Redirection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The behaviour of the same guests in both dialects, and the form of errors. */
@Timeout(60)
final class DialectIT {
    private static final String NATIVE =
            """
            [[route]]
            path = "/native/..."
            module = "%1$s/env.wasm"
            document-root = "/www/"
            [[route]]
            path = "/healthz"
            module = "%1$s/env.wasm"
            [[route]]
            path = "/pass/..."
            module = "%1$s/env.wasm"
            encoded-slashes = "pass"
            [[route]]
            path = "/decode/..."
            module = "%1$s/env.wasm"
            encoded-slashes = "decode"
            """
                    .formatted(TestServer.examples());

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        String env = "module = \"env.wasm\"\n";
        server =
                TestServer.start(
                        folder,
                        NATIVE,
                        "[[module]]\nroute = \"/env/...\"\ndialect = \"cgi\"\n"
                                + env
                                + "[[module]]\nroute = \"/words\"\ndialect = \"cgi\"\n"
                                + "argv-from-query = true\n"
                                + env
                                + "[[module]]\nroute = \"/wagi-without\"\n"
                                + "argv-from-query = false\n"
                                + env
                                + printing("/local", "Location: /env/x?y=1\n\nnobody's")
                                + "dialect = \"cgi\"\n"
                                + printing("/local-wagi", "Location: /env/x\n\n")
                                + printing("/stray-wagi", "stray\nContent-Type: a/b\n\nbody")
                                + printing("/stray", "stray\nContent-Type: a/b\n\nbody")
                                + "dialect = \"cgi\"\n"
                                + printing("/again", "Location: /again\n\n")
                                + "dialect = \"cgi\"\n"
                                + printing("/nowhere", "Location: /nothing\n\n")
                                + "dialect = \"cgi\"\n"
                                + printing("/network-path", "Location: //example.org/\n\n")
                                + "dialect = \"cgi\"\n"
                                + printing("/climb", "Location: /env/../../x\n\n")
                                + "dialect = \"cgi\"\n"
                                + printing("/nph", "HTTP/1.1 404 Gone\r\nX-A: b\r\n\r\nbody")
                                + "nph = true\n"
                                + steps());
    }

    /** {@code /stepN} leads to the page {@code /step0} by N local redirects. */
    private static String steps() throws Exception {
        var steps = new StringBuilder(printing("/step0", "Content-Type: a/b\n\nend"));
        for (int i = 1; i <= Redirection.MAX_DEPTH + 1; i++) {
            steps.append(printing("/step" + i, "Location: /step" + (i - 1) + "\n\n"))
                    .append("dialect = \"cgi\"\n");
        }
        return steps.toString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String printing(String route, String output) throws Exception {
        return TestServer.printing(folder, route, output);
    }

    @Test
    void inTheCgiDialectNothingOfARequestBecomesAnArgument() throws Exception {
        assertThat(server.get("/env/x?-s+-d").body().lines())
                .contains("argv[0]=env.wasm", "SCRIPT_NAME=/env", "PATH_INFO=/x")
                .noneMatch(l -> l.startsWith("argv[1]"))
                .noneMatch(l -> l.startsWith("CONTENT_LENGTH"))
                .noneMatch(l -> l.startsWith("PATH_TRANSLATED"));
    }

    @Test
    void aNativeRouteFollowsCgi() throws Exception {
        assertThat(server.get("/native/a%20b?-s").body().lines())
                .contains(
                        "argv[0]=env.wasm",
                        "SCRIPT_NAME=/native",
                        "PATH_INFO=/a b",
                        "DOCUMENT_ROOT=/www",
                        "SCRIPT_FILENAME=/www/native",
                        "PATH_TRANSLATED=/www/a b",
                        "CONTEXT_PREFIX=/native",
                        "X_MATCHED_ROUTE=/native/...")
                .noneMatch(l -> l.startsWith("argv[1]"));
    }

    @Test
    void aNativeRouteMayAnswerHealthz() throws Exception {
        assertThat(server.get("/healthz").body()).contains("SCRIPT_NAME=/healthz");
        assertThat(server.admin("/healthz")).isEqualTo("OK\n");
    }

    @Test
    void aLineWithoutAColonIsSkippedInWagisDialectOnly() throws Exception {
        assertThat(server.get("/stray-wagi").body()).isEqualTo("body");
        assertThat(server.get("/stray").statusCode()).isEqualTo(502);
    }

    @Test
    void everyRequestHasItsOwnId() throws Exception {
        String first = uniqueId("/native/");
        String second = uniqueId("/native/");

        assertThat(first).matches("UNIQUE_ID=[A-Za-z0-9@-]{24}").isNotEqualTo(second);
    }

    private static String uniqueId(String target) throws Exception {
        return server.get(target)
                .body()
                .lines()
                .filter(l -> l.startsWith("UNIQUE_ID="))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/native/a%2Fb, 400, ",
        "/native/a%2fb, 400, ",
        "/pass/a%2Fb%20c, 200, PATH_INFO=/a%2Fb c",
        "/decode/a%2Fb%2fc, 200, PATH_INFO=/a/b/c",
        "/decode/a%2F..%2Fb, 400, ",
        "/pass/a%2F%2E%2E%2Fb, 400, ",
        "/decode/a%252Fb, 200, PATH_INFO=/a%2Fb",
        "/native/100%25, 200, PATH_INFO=/100%",
        "/native//a//, 200, PATH_INFO=/a/",
        "/native/x//../a, 200, PATH_INFO=/a",
        "/native//../a, 404, ",
    })
    void aPathIsDecodedOnceAndEncodedSlashesAreTheRoutesChoice(
            String target, int status, String line) throws Exception {
        HttpResponse<String> response = server.get(target);

        assertThat(response.statusCode()).isEqualTo(status);
        if (line != null) {
            assertThat(response.body().lines()).contains(line);
        }
    }

    @Test
    void theWordsOfAnIndexedQueryAreArgumentsWhereTheRouteAsksForThem() throws Exception {
        assertThat(server.get("/words?a+b%20c").body().lines())
                .contains("argv[0]=env.wasm", "argv[1]=a", "argv[2]=b c");
        assertThat(server.get("/words?a=b").body()).doesNotContain("argv[1]");
    }

    @Test
    void aRouteOfWagiCanKeepTheQueryOutOfItsArguments() throws Exception {
        assertThat(server.get("/wagi-without?a&b").body().lines())
                .contains("argv[0]=/wagi-without")
                .noneMatch(l -> l.startsWith("argv[1]"));
    }

    @Test
    void aLocalRedirectIsServedAsANewRequest() throws Exception {
        HttpResponse<byte[]> response =
                server.post("/local", "text/plain", "sent".getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8).lines())
                .contains(
                        "REQUEST_METHOD=GET",
                        "PATH_INFO=/x",
                        "QUERY_STRING=y=1",
                        "REQUEST_URI=/local",
                        "REDIRECT_URL=/local",
                        "REDIRECT_REQUEST_METHOD=POST")
                .doesNotContain("nobody's")
                .noneMatch(l -> l.startsWith("CONTENT_"));
    }

    @Test
    void aLocalRedirectToNowhereIsNotFound() throws Exception {
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void localRedirectsInACircleEnd() throws Exception {
        assertThat(server.get("/again").statusCode()).isEqualTo(502);
        assertThat(server.admin("/metrics"))
                .contains(
                        "site=\"default\",route=\"/again\",outcome=\"local-redirect\",status=\"0\",} 10.0");
    }

    @Test
    void localRedirectsAreFollowedUpToTheMaximum() throws Exception {
        assertThat(server.get("/step" + Redirection.MAX_DEPTH).body()).isEqualTo("end");
        assertThat(server.get("/step" + (Redirection.MAX_DEPTH + 1)).statusCode()).isEqualTo(502);
    }

    @Test
    void aLocalRedirectCannotClimb() throws Exception {
        assertThat(server.get("/climb").statusCode()).isEqualTo(502);
    }

    @Test
    void aNetworkPathIsForTheClient() throws Exception {
        HttpResponse<String> response = server.get("/network-path");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location")).contains("//example.org/");
    }

    @Test
    void wagiSendsEveryLocationToTheClient() throws Exception {
        HttpResponse<String> response = server.get("/local-wagi");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location")).contains("/env/x");
    }

    @Test
    void theHeadOfANonParsedScriptIsParsed() throws Exception {
        HttpResponse<String> response = server.get("/nph");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-a")).contains("b");
        assertThat(response.body()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html;q=0.9, text/html;charset=utf-8, <!DOCTYPE html>",
        "application/json, application/problem+json, '{\"status\":404'",
        "application/problem+json, application/problem+json, '{\"status\":404'",
        "*/*, text/plain;charset=utf-8, 404 Not Found: ",
        "'text/plain, text/html', text/plain;charset=utf-8, 404 Not Found: ",
    })
    void anErrorTakesTheFormThatTheClientPrefers(String accept, String type, String start)
            throws Exception {
        HttpResponse<String> response =
                server.send(server.request("/nothing").header("Accept", accept).build());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type")).contains(type);
        assertThat(response.body()).startsWith(start);
    }
}
