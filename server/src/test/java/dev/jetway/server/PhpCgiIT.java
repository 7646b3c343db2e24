package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CVE-2012-1823 with the real php-cgi: options from the query would run the body of the request.
 * The module is fetched by examples/php/fetch.sh, as in CI; its first compilation takes half a
 * minute.
 */
@Timeout(300)
final class PhpCgiIT {
    private static final Path PHP =
            Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm").toAbsolutePath().normalize();
    private static final byte[] CODE =
            "<?php echo 'PW' . 'NED'; ?>".getBytes(StandardCharsets.UTF_8);
    private static final String OPTIONS =
            "-d error_reporting=0 -d allow_url_include=1 -d auto_prepend_file=php://input";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        Path site = Files.createDirectory(folder.resolve("www"));
        Files.writeString(
                site.resolve("index.php"),
                "<?php echo \"page \", $_SERVER['QUERY_STRING'], ' ', $_POST['name'] ?? '';");
        Path renamed = Files.createLink(folder.resolve("shop.wasm"), PHP);
        server =
                TestServer.start(
                        folder,
                        "[limits]\ntime = \"2m\"\n"
                                + route("/cgi", PHP, "")
                                + route("/cgi-asked", PHP, "argv-from-query = true")
                                + route("/cgi-renamed", renamed, "argv-from-query = true"),
                        module("/attacked", PHP, "argv = \"php-cgi " + OPTIONS + "\"")
                                + module("/wagi", PHP, "")
                                + module("/wagi-asked", PHP, "argv-from-query = true")
                                + module("/wagi-renamed", renamed, "")
                                + module("/fixed", renamed, "argv = \"php-cgi\"")
                                + module("/template", PHP, "argv = \"php-cgi ${ARGS}\"")
                                + module("/template-renamed", renamed, "argv = \"x ${ARGS}\""));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String route(String path, Path module, String more) {
        return "[[route]]\npath = \"" + path + "\"\n" + rest(module, more);
    }

    private static String module(String path, Path module, String more) {
        return "[[module]]\nroute = \"" + path + "\"\n" + rest(module, more);
    }

    private static String rest(Path module, String more) {
        return """
        module = "%s"
        volumes = { "/www" = "%s" }
        environment = { SCRIPT_FILENAME = "/www/index.php", REDIRECT_STATUS = "200" }
        %s
        """
                .formatted(module, folder.resolve("www"), more);
    }

    private static String post(String target, String type, byte[] body) throws Exception {
        return new String(server.post(target, type, body).body(), StandardCharsets.UTF_8);
    }

    @Test
    void aPhpPageIsServed() throws Exception {
        byte[] form = "name=J%C3%BCrgen".getBytes(StandardCharsets.UTF_8);

        assertThat(server.get("/cgi?a=b").body()).isEqualTo("page a=b ");
        assertThat(post("/cgi?a", "application/x-www-form-urlencoded", form))
                .isEqualTo("page a Jürgen");
    }

    /**
     * A check of the other tests: with these options in the arguments, php-cgi does run the body.
     */
    @Test
    void withTheseArgumentsPhpRunsTheBodyOfARequest() throws Exception {
        assertThat(post("/attacked?a=b", "text/plain", CODE)).contains("PWNED");
    }

    @ParameterizedTest
    @CsvSource({
        "/cgi",
        "/cgi-asked",
        "/cgi-renamed",
        "/wagi",
        "/wagi-asked",
        "/wagi-renamed",
        "/fixed",
        "/template",
        "/template-renamed",
    })
    void theQueryNeverBecomesOptionsOfPhp(String path) throws Exception {
        String indexed = "?" + OPTIONS.replace("=", "%3d").replace(" ", "+");
        String pairs = "?" + OPTIONS.replace(" ", "&");

        assertThat(post(path + indexed, "text/plain", CODE))
                .startsWith("page -d+")
                .doesNotContain("PWNED");
        assertThat(post(path + pairs, "text/plain", CODE))
                .startsWith("page -d&")
                .doesNotContain("PWNED");
    }
}
