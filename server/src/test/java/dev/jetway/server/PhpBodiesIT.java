package dev.jetway.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
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
 * Forms, JSON, uploads and sessions with the real php-cgi, on the route of docs/cgi.md#php and on
 * the shortest one that runs a script. The module is fetched by examples/php/fetch.sh, as in CI.
 */
@Timeout(300)
final class PhpBodiesIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples", "php").toAbsolutePath().normalize();
    private static final Path PHP = EXAMPLES.resolve("php-cgi-8.2.0.wasm");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    /** Sizes of the parts that arrived: a field, the raw body, an uploaded file and its error. */
    private static final String SIZES =
            """
            <?php
            $file = $_FILES["f"] ?? null;
            $there = $file && is_uploaded_file($file["tmp_name"]);
            echo "field ", strlen($_POST["a"] ?? ""),
                " input ", strlen(file_get_contents("php://input")),
                " file ", $there ? filesize($file["tmp_name"]) : "-",
                " error ", $file["error"] ?? "-",
                " moved ", $there && move_uploaded_file($file["tmp_name"], "/tmp/kept") ? filesize("/tmp/kept") : "-";
            """;

    private static final String COUNTER =
            """
            <?php
            session_start();
            $_SESSION["visits"] = ($_SESSION["visits"] ?? 0) + 1;
            echo $_SESSION["visits"];
            """;

    private static final String WRITABLE =
            """
            <?php
            foreach (["/www", "/www/sizes.php", "/sessions", "/tmp"] as $path)
                echo is_readable($path) ? "r" : "-", is_writable($path) ? "w " : "- ";
            echo @file_put_contents("/www/new", "x") === false ? "refused" : "written";
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        Path site = Files.createDirectory(folder.resolve("www"));
        Files.createDirectory(folder.resolve("sessions"));
        Files.writeString(site.resolve("sizes.php"), SIZES);
        Files.writeString(site.resolve("counter.php"), COUNTER);
        Files.writeString(site.resolve("writable.php"), WRITABLE);
        var routes = new StringBuilder("[limits]\ntime = \"2m\"\n");
        routes.append(
                """
                [[route]]
                path = "/short"
                module = "%s"
                volumes = { "/www" = "%s" }
                environment = { SCRIPT_FILENAME = "/www/sizes.php", REDIRECT_STATUS = "200" }
                """
                        .formatted(PHP, site));
        for (String script : new String[] {"sizes", "counter", "writable"}) {
            routes.append(documented(script));
        }
        server =
                TestServer.start(
                        folder,
                        routes.toString(),
                        TestServer.printing(folder, "/x", "Content-Type: text/plain\n\nx"));
    }

    /** The recipe itself, with the folders of this test. */
    private static String documented(String script) throws Exception {
        String page = Files.readString(Path.of("..", "docs", "cgi.md"));
        String recipe = page.substring(page.indexOf("## PHP"), page.indexOf("## Perl"));
        String route = recipe.substring(recipe.indexOf("[[route]]"), recipe.indexOf("```\n\n"));
        return route.replace("/shop", "/" + script)
                .replace("examples/php/etc", EXAMPLES.resolve("etc").toString())
                .replace("examples/php/php-cgi-8.2.0.wasm", PHP.toString())
                .replace("= \"www\"", "= \"" + folder.resolve("www") + "\"")
                .replace("= \"sessions\"", "= \"" + folder.resolve("sessions") + "\"");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String post(String target, String type, String body) throws Exception {
        byte[] bytes = body.getBytes(ISO_8859_1);
        HttpResponse<byte[]> response = server.post(target, type, bytes);
        return response.statusCode() + " " + new String(response.body(), UTF_8);
    }

    private static String upload(int size) {
        return "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
                + "x".repeat(size)
                + "\r\n--b--\r\n";
    }

    @ParameterizedTest
    @CsvSource({"/short, 1000", "/short, 20000", "/sizes, 0", "/sizes, 20000", "/sizes, 2000000"})
    void form_arrivesWhole(String route, int size) throws Exception {
        assertThat(post(route, FORM, "a=" + "x".repeat(size)))
                .isEqualTo(
                        "200 field %d input %d file - error - moved -".formatted(size, size + 2));
    }

    @ParameterizedTest
    @CsvSource({"/short, 100000", "/short, 4000000", "/sizes, 100000", "/sizes, 20000000"})
    void json_arrivesWhole(String route, int size) throws Exception {
        assertThat(post(route, "application/json", "1".repeat(size)))
                .isEqualTo("200 field 0 input %d file - error - moved -".formatted(size));
    }

    @ParameterizedTest
    @CsvSource({"/short, 1000", "/short, 2000000", "/sizes, 1000", "/sizes, 20000000"})
    void upload_arrivesWhole(String route, int size) throws Exception {
        assertThat(post(route, MULTIPART, upload(size)))
                .isEqualTo("200 field 3 input 0 file %d error 0 moved %d".formatted(size, size));
    }

    /** UPLOAD_ERR_INI_SIZE of PHP's manual: the page gets an error, no upload is lost silently. */
    @ParameterizedTest
    @CsvSource({"/short, 2097153", "/sizes, 41943041"})
    void upload_overPhpsLimit_isAnErrorOfThePage(String route, int size) throws Exception {
        assertThat(post(route, MULTIPART, upload(size)))
                .isEqualTo("200 field 3 input 0 file - error 1 moved -");
    }

    @Test
    void session_lastsFromRequestToRequest() throws Exception {
        HttpResponse<String> first = server.get("/counter");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

        assertThat(first.body()).isEqualTo("1");
        for (int visit = 2; visit < 5; visit++) {
            var again = server.request("/counter").header("Cookie", cookie).build();
            assertThat(server.send(again).body()).isEqualTo(Integer.toString(visit));
        }
        assertThat(server.get("/counter").body()).isEqualTo("1");
    }

    /** Installers ask with is_writable() before they begin. */
    @Test
    void isWritable_isTrueForWritableFoldersOnly() throws Exception {
        assertThat(server.get("/writable").body()).isEqualTo("r- r- rw rw refused");
    }
}
