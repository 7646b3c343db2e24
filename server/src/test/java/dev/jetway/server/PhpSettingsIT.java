package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PHP in a site that is a folder: the values of the plan, of the site and of {@code .user.ini}, and
 * what works out of the box. The module is fetched by examples/php/fetch.sh.
 */
@Timeout(300)
final class PhpSettingsIT {
    private static final Path PHP =
            Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm").toAbsolutePath().normalize();
    private static final String HOST = "p.example";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        write(
                "plans/p.toml",
                """
                php = { memory_limit = "64M", upload_max_filesize = "20M", post_max_size = "1M" }
                php-admin = { disable_functions = "exec,phpinfo", open_basedir = "/home:/tmp" }
                """);
        write("sites/p.example/site.toml", "php = { memory_limit = \"48M\" }\n");
        write(
                "sites/p.example/public/sub/.user.ini",
                """
                memory_limit = 40M
                open_basedir = /
                auto_prepend_file = /home/public/before.php
                """);
        write("sites/p.example/public/before.php", "<?php echo 'before ';");
        String evaluate = "<?php echo json_encode(eval('return ' . $_GET['e'] . ';'));";
        write("sites/p.example/public/e.php", evaluate);
        write("sites/p.example/public/sub/e.php", evaluate);
        write(
                "sites/p.example/public/feed.php",
                "<?xml version=\"1.0\"?><a><?php echo 'b'; ?></a>");
        write("sites/p.example/public/fails.php", "<?php echo 'begun'; throw new Exception('x');");
        write(
                "sites/p.example/public/session.php",
                "<?php session_start(); echo $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;");
        write(
                "sites/p.example/public/upload.php",
                """
                <?php $f = $_FILES['f'];
                move_uploaded_file($f['tmp_name'], '/home/data/' . basename($f['name']));
                echo $f['name'], ' ', $f['size'], ' ', $_POST['p'];
                """);
        Files.createDirectories(folder.resolve("sites/p.example/data"));
        Files.createDirectories(folder.resolve("sites/p.example/tmp"));
        server =
                TestServer.withTop(
                        folder,
                        """
                        sites = "sites/*"
                        default-plan = "p"
                        state-dir = "state"
                        [limits]
                        time = "2m"
                        [handler.php]
                        module = "%s"
                        extensions = ["php"]
                        """
                                .formatted(PHP));
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String ask(String head, String body) throws Exception {
        return server.raw(
                head
                        + "Host: "
                        + HOST
                        + "\r\nConnection: close\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    private static String get(String target) throws Exception {
        return TestServer.body(ask("GET " + target + " HTTP/1.1\r\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // The site's own value over the plan's, and .user.ini over both.
                "/e.php | ini_get('memory_limit') | \"48M\"",
                "/sub/e.php | ini_get('memory_limit') | before \"40M\"",
                "/e.php | ini_get('upload_max_filesize') | \"20M\"",
                // Nobody changes what the administrator has set.
                "/e.php | ini_get('open_basedir') | \"\\/home:\\/tmp\"",
                "/sub/e.php | ini_get('open_basedir') | before \"\\/home:\\/tmp\"",
                "/e.php | ini_set('open_basedir', '/') | false",
                "/e.php | @file_get_contents('/etc/php/php.ini') | false",
                "/e.php | function_exists('exec') | false",
                "/e.php | function_exists('phpinfo') | false",
                "/e.php | function_exists('system') | true",
                // A function that would end the guest is not there.
                "/e.php | function_exists('gethostbyname') | false",
                // A query is no command line.
                "/e.php | isset($_SERVER['argv']) | false",
                "/e.php | sys_get_temp_dir() | \"\\/tmp\"",
                "/e.php | session_save_path() | \"\\/home\\/tmp\"",
                "/e.php | php_sapi_name() | \"cgi-fcgi\"",
                "/e.php | ini_get('display_errors') | \"0\"",
                "/e.php | ini_get('display_startup_errors') | \"0\"",
                "/e.php | ini_get('enable_dl') | \"0\"",
                "/e.php | ini_get('zend.assertions') | \"-1\"",
                "/e.php | assert(false) | true",
                "/e.php | ini_get('zend.exception_string_param_max_len') | \"0\"",
                "/e.php | preg_match('/^[0-9a-v]{26}$/', session_create_id()) | 1",
                "/e.php | mb_strtoupper('gr\u00fc\u00df') | \"GR\\u00dcSS\"",
                "/e.php | (new DateTime('2026-07-01', new DateTimeZone('Europe/Paris')))->format('T')"
                        + " | \"CEST\"",
                "/e.php | include '/home/public/../data/../public/before.php' | before 1",
            })
    void expression_inAScript(String script, String expression, String value) throws Exception {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);

        assertThat(get(script + "?e=" + query).strip()).isEqualTo(value);
    }

    /** As on Debian: no version for the world to see, and the start of XML is no PHP. */
    @Test
    void xmlDeclaration_isText() throws Exception {
        String answer = ask("GET /feed.php HTTP/1.1\r\n", "");

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("X-Powered-By");
        assertThat(TestServer.body(answer)).isEqualTo("<?xml version=\"1.0\"?><a>b</a>");
    }

    @Test
    void exceptionThatIsNotCaught_is500() throws Exception {
        assertThat(ask("GET /fails.php HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void session_lastsFromRequestToRequest() throws Exception {
        String first = ask("GET /session.php HTTP/1.1\r\n", "");
        String cookie =
                first.lines()
                        .filter(line -> line.startsWith("Set-Cookie: "))
                        .map(line -> line.substring(12).split(";", 2)[0])
                        .findFirst()
                        .orElseThrow();

        String second = ask("GET /session.php HTTP/1.1\r\nCookie: " + cookie + "\r\n", "");

        assertThat(TestServer.body(first)).isEqualTo("1");
        assertThat(TestServer.body(second)).isEqualTo("2");
        try (Stream<Path> files = Files.list(folder.resolve("sites/p.example/tmp"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void upload_isAFileOfTheSite() throws Exception {
        String body =
                """
                --B
                Content-Disposition: form-data; name="f"; filename="a b.txt"

                contents
                --B
                Content-Disposition: form-data; name="p"

                field
                --B--
                """
                        .replace("\n", "\r\n");

        String answer =
                ask(
                        """
                        POST /upload.php HTTP/1.1
                        Content-Type: multipart/form-data; boundary=B
                        """
                                .replace("\n", "\r\n"),
                        body);

        assertThat(TestServer.body(answer)).isEqualTo("a b.txt 8 field");
        assertThat(folder.resolve("sites/p.example/data/a b.txt")).hasContent("contents");
    }
}
