package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A site's own error pages, as Apache's ErrorDocument. */
@Timeout(60)
final class ErrorPagesIT {
    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("sorry.html"), "<p>Größere Sorgen");
        Files.writeString(folder.resolve("short.txt"), "too long");
        server =
                TestServer.start(
                        folder,
                        """
                        guest-slots = 1
                        guest-queue = 1
                        [limits]
                        request-body = "4B"
                        [error-pages]
                        404 = "/errors/404?from=site"
                        400 = "sorry.html"
                        502 = "sorry.html"
                        413 = "short.txt"
                        """,
                        """
                        [[module]]
                        route = "/probe"
                        module = "cgi-probe.wasm"
                        error-pages = { 502 = "/errors/502" }
                        [[module]]
                        route = "/site"
                        module = "cgi-probe.wasm"
                        [[module]]
                        route = "/bad-page"
                        module = "cgi-probe.wasm"
                        error-pages = { 502 = "/trap" }
                        [[module]]
                        route = "/loop"
                        module = "cgi-probe.wasm"
                        error-pages = { 502 = "/loop" }
                        [[module]]
                        route = "/errors/..."
                        module = "env.wasm"
                        dialect = "cgi"
                        """
                                + TestServer.guest(
                                        folder,
                                        "/trap",
                                        "(module (memory (export \"memory\") 1)"
                                                + " (func (export \"_start\") unreachable))")
                                + TestServer.printing(
                                        folder, "/elsewhere", "Location: /errors/x\n\n")
                                + "dialect = \"cgi\"\n"
                                + TestServer.printing(
                                        folder, "/gone", "Status: 404\n\nthe guest's own"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> trapping(String path) throws Exception {
        return server.send(server.request(path).header("X-Probe", "trap-first").build());
    }

    @Test
    void theRouteOfAnErrorPageIsAskedWithTheErrorInItsEnvironment() throws Exception {
        HttpResponse<String> response =
                server.send(
                        server.request("/nothing/there?a=b")
                                .POST(BodyPublishers.ofString("body"))
                                .build());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("text/plain"));
        assertThat(response.body().lines())
                .contains(
                        "REQUEST_METHOD=GET",
                        "REQUEST_URI=/nothing/there?a=b",
                        "PATH_INFO=/404",
                        "QUERY_STRING=from=site",
                        "REDIRECT_STATUS=404",
                        "REDIRECT_URL=/nothing/there",
                        "REDIRECT_QUERY_STRING=a=b",
                        "REDIRECT_REQUEST_METHOD=POST");
    }

    @Test
    void aFileIsSentAsItIs() throws Exception {
        HttpResponse<String> response = trapping("/site");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("content-type"))
                .contains("text/html;charset=utf-8");
        assertThat(response.body()).isEqualTo("<p>Größere Sorgen");
    }

    @Test
    void thePageOfARouteWinsOverThatOfTheSite() throws Exception {
        HttpResponse<String> response = trapping("/probe");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("PATH_INFO=/502", "REDIRECT_STATUS=502");
    }

    @Test
    void aPageThatFailsItselfIsReplacedByOurs() throws Exception {
        assertThat(trapping("/bad-page").body()).startsWith("502 Bad Gateway: ");
        assertThat(trapping("/loop").body()).startsWith("502 Bad Gateway: ");
    }

    @Test
    void errorsOfAGuestAreNotReplaced() throws Exception {
        HttpResponse<String> response = server.get("/gone");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("the guest's own");
    }

    @Test
    void aLocalRedirectNeedsNoSecondSlot() throws Exception {
        assertThat(server.get("/elsewhere").body()).contains("PATH_INFO=/x", "REDIRECT_STATUS=200");
    }

    @Test
    void aHeadRequestGetsTheStatusAndNoPage() throws Exception {
        String answer =
                server.raw("HEAD /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
    }

    @Test
    void errorsOfJettyHaveThePageOfTheSite() throws Exception {
        String malformed = server.raw("GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n");
        byte[] large = "12345".getBytes(StandardCharsets.UTF_8);

        assertThat(malformed).startsWith("HTTP/1.1 400 ").endsWith("<p>Größere Sorgen");
        assertThat(server.post("/probe", "a/b", large).body())
                .isEqualTo("too long".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pagesOfASiteReplaceNotFoundAndErrorsOfTheHttpLayer(@TempDir Path own) throws Exception {
        String env = TestServer.examples().resolve("env.wasm").toString();
        String site =
                """
                [[site]]
                name = "%1$s"
                hosts = ["%1$s.example"]
                error-pages = { 404 = "/e?%1$s", 400 = "/e?%1$s", 405 = "/e?%1$s", 501 = "/e?%1$s" }
                [[site.route]]
                path = "/e"
                module = "%2$s"
                """;
        String toml = site.formatted("one", env) + site.formatted("two", env);
        try (var sites = TestServer.sites(own, toml)) {
            for (String name : new String[] {"one", "two"}) {
                String end = " HTTP/1.1\r\nHost: " + name + ".example\r\nConnection: close\r\n";
                assertThat(sites.raw("GET /no%20where?a=b" + end + "\r\n"))
                        .startsWith("HTTP/1.1 404 ")
                        .contains("REDIRECT_STATUS=404\n", "REDIRECT_URL=/no where\n")
                        .contains("REDIRECT_QUERY_STRING=a=b\n", "QUERY_STRING=" + name + "\n");
                assertThat(sites.raw("TRACE /e" + end + "\r\n"))
                        .startsWith("HTTP/1.1 405 ")
                        .contains("\r\nAllow: ", "REDIRECT_STATUS=405\n");
                assertThat(sites.raw("GET /e/%u0061" + end + "\r\n"))
                        .startsWith("HTTP/1.1 400 ")
                        .contains("REDIRECT_STATUS=400\n", "QUERY_STRING=" + name + "\n");
                assertThat(
                                sites.raw(
                                        "POST /e"
                                                + end
                                                + "Transfer-Encoding: gzip, chunked\r\n\r\n"
                                                + "0\r\n\r\n"))
                        .startsWith("HTTP/1.1 501 ")
                        .contains("REDIRECT_STATUS=501\n", "REDIRECT_REQUEST_METHOD=POST\n");
            }
        }
    }
}
