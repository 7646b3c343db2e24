package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Access;
import dev.jetway.route.FileRules;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.RunModule;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PHP's {@code $_SERVER} in a script of a folder: the values of native php-cgi 8.2 under Apache
 * 2.4.71 for the same files, with the document root as {@code /home/public}. The module is fetched
 * by examples/php/fetch.sh.
 */
@Timeout(300)
final class PhpFolderIT {
    private static final Path PHP =
            Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm").toAbsolutePath().normalize();
    private static final String SHOW =
            """
            <?php foreach (['SCRIPT_FILENAME', 'SCRIPT_NAME', 'PHP_SELF', 'PATH_INFO',
                'PATH_TRANSLATED', 'DOCUMENT_ROOT', 'REDIRECT_STATUS', 'REQUEST_URI',
                'QUERY_STRING'] as $name) {
                if (isset($_SERVER[$name])) echo $name, '=', $_SERVER[$name], ' ';
            }
            echo file_get_contents('php://input');
            """;

    @TempDir private static Path folder;
    private static FolderServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        Path root = Files.createDirectory(folder.resolve("public"));
        Files.writeString(root.resolve("env.php"), SHOW);
        Files.writeString(root.resolve("index.php"), SHOW);
        Files.writeString(root.resolve("image.jpg"), SHOW);
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(root.resolve("sub/index.php"), SHOW);
        Path scratch = Files.createDirectory(folder.resolve("server"));
        RunModule run =
                FolderServer.example(
                        scratch,
                        PHP.toString(),
                        "volumes = { \"/home/public\" = \"%s\" }\n[limits]\ntime = \"2m\"\n"
                                .formatted(root));
        var php = new ScriptHandler("php", Set.of("php"), List.of("php-cgi"), run);
        var action =
                new ServeFolder(
                        root,
                        "/home/public",
                        List.of("index.php"),
                        Optional.of("/index.php"),
                        List.of(php),
                        FileRules.DEFAULT);
        var route =
                new Route(
                        Site.DEFAULT,
                        new RoutePattern("/..."),
                        Access.OPEN,
                        ErrorPages.NONE,
                        new SourcePosition("site.toml", 1),
                        action);
        server = new FolderServer(scratch, ErrorPages.NONE, List.of(route));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/env.php | env.php | /env.php | '' | /env.php | ''",
                "/env.php/x/y?a=b | env.php | /env.php | /x/y | /env.php/x/y | a=b",
                "/env.php/ | env.php | /env.php | / | /env.php/ | ''",
                "/env.php?-s | env.php | /env.php | '' | /env.php | -s",
                "/sub/ | sub/index.php | /sub/index.php | '' | /sub/index.php | ''",
                "/missing/path?q=1 | index.php | /index.php | '' | /index.php | q=1",
            })
    void server_isAsUnderApache(
            String target, String file, String script, String info, String self, String query)
            throws Exception {
        String path =
                info.isEmpty()
                        ? ""
                        : "PATH_INFO=%s PATH_TRANSLATED=/home/public%s ".formatted(info, info);

        assertThat(server.ask("GET", target).body())
                .isEqualTo(
                        "SCRIPT_FILENAME=/home/public/%s SCRIPT_NAME=%s PHP_SELF=%s %s"
                                        .formatted(file, script, self, path)
                                + "DOCUMENT_ROOT=/home/public REDIRECT_STATUS=200 "
                                + "REQUEST_URI=%s QUERY_STRING=%s ".formatted(target, query));
    }

    @Test
    void pictureWithAScriptsNameAfterIt_runsNothing() throws Exception {
        var answer = server.ask("GET", "/image.jpg/x.php");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("SCRIPT_NAME");
    }

    @Test
    void frontController_getsTheBody() throws Exception {
        byte[] body = "a text".getBytes(StandardCharsets.US_ASCII);

        assertThat(server.ask("POST", "/any/where", body, "Content-Type: text/plain").body())
                .contains("REQUEST_URI=/any/where ")
                .endsWith("a text");
    }
}
