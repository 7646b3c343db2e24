package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites that hold to HTTPS; a trusted proxy in front speaks it. */
final class HttpsIT {
    @TempDir private Path folder;

    private TestServer start() throws Exception {
        TestServer.printing(folder, "/one", "Content-Type: text/plain\n\none");
        return TestServer.sites(
                folder,
                """
                trusted-proxies = ["127.0.0.1"]
                [[site]]
                name = "a"
                hosts = ["a.test"]
                https-redirect = true
                hsts = "8760h"
                [[site.route]]
                path = "/one"
                module = "%s/one.wat"
                """
                        .formatted(folder));
    }

    private static String ask(TestServer server, String line, String more) throws Exception {
        return server.raw(line + " HTTP/1.1\r\n" + more + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /one?a=%2F, a.test, 301, https://a.test/one?a=%2F",
        "HEAD /one, a.test:8080, 301, https://a.test/one",
        "POST /one, a.test, 308, https://a.test/one"
    })
    void plainHttpIsSentToTheSameAddress(String line, String host, int status, String location)
            throws Exception {
        try (var server = start()) {
            assertThat(ask(server, line, "Host: " + host + "\r\n"))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("Location: " + location + "\r\n")
                    .doesNotContain("Strict-Transport-Security");
        }
    }

    @Test
    void overHttpsTheSiteAnswers_andBrowsersAreTold() throws Exception {
        String secure =
                "Host: a.test\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.1\r\n";
        try (var server = start()) {
            assertThat(ask(server, "GET /one", secure))
                    .startsWith("HTTP/1.1 200")
                    .containsOnlyOnce("Strict-Transport-Security: max-age=31536000\r\n");
            assertThat(ask(server, "TRACE /one", secure))
                    .startsWith("HTTP/1.1 405")
                    .containsOnlyOnce("Strict-Transport-Security: max-age=31536000\r\n");
        }
    }
}
