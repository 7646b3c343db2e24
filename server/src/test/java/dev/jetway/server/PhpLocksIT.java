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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A database of SQLite is not locked for ever by a script that was ended in the middle of its work.
 * The module is fetched by examples/php/fetch.sh.
 */
@Timeout(300)
final class PhpLocksIT {
    private static final Path PHP =
            Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm").toAbsolutePath().normalize();
    private static final String SCRIPT =
            """
            <?php
            $db = new PDO('sqlite:/home/public/x.db');
            $db->setAttribute(PDO::ATTR_TIMEOUT, 1);
            switch ($_SERVER['QUERY_STRING']) {
                case 'make':
                    $db->exec('create table t (n integer)');
                    break;
                case 'count':
                    $db->exec('insert into t values (1)');
                    echo count($db->query('select n from t')->fetchAll()), ' rows';
                    break;
                case 'unread':
                    $rows = $db->query('select n from t union all select 2');
                    echo $rows->fetchColumn();
                    exit;
                default:
                    $db->exec('begin exclusive');
                    touch('/home/public/locked');
                    // Opening a folder as a file ends this build of PHP with a trap.
                    if ($_SERVER['QUERY_STRING'] === 'trap') fopen('/home/public', 'r');
                    while (true) {}
            }
            """;

    @TempDir private static Path folder;
    private static Path root;
    private static FolderServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        root = Files.createDirectory(folder.resolve("public"));
        Files.writeString(root.resolve("db.php"), SCRIPT);
        Path scratch = Files.createDirectory(folder.resolve("server"));
        server =
                new FolderServer(
                        scratch,
                        ErrorPages.NONE,
                        List.of(
                                route("/...", scratch, "time = \"2m\""),
                                route("/short/...", scratch, "time = \"3s\""),
                                route("/cpu/...", scratch, "cpu-time = \"1s\"")));
        assertThat(server.ask("GET", "/db.php?make").status()).isEqualTo(200);
    }

    private static Route route(String pattern, Path scratch, String limit) throws Exception {
        RunModule run =
                FolderServer.example(
                        scratch,
                        PHP.toString(),
                        "writable-volumes = { \"/home/public\" = \"%s\" }\n[limits]\n%s\n"
                                .formatted(root, limit));
        return new Route(
                Site.DEFAULT,
                new RoutePattern(pattern),
                Access.OPEN,
                ErrorPages.NONE,
                new SourcePosition("site.toml", 1),
                new ServeFolder(
                        root,
                        "/home/public",
                        List.of(),
                        Optional.empty(),
                        List.of(new ScriptHandler("php", Set.of("php"), List.of("php-cgi"), run)),
                        FileRules.DEFAULT));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void isNotLocked() throws Exception {
        assertThat(root.resolve("x.db.lock")).doesNotExist();
        assertThat(server.ask("GET", "/db.php?count").body()).endsWith(" rows");
    }

    @ParameterizedTest
    @CsvSource({"/db.php?trap, 502", "/short/db.php?loop, 504", "/cpu/db.php?loop, 504"})
    void scriptThatIsEnded_releasesTheDatabase(String target, int status) throws Exception {
        assertThat(server.ask("GET", target).status()).isEqualTo(status);
    }

    @Test
    void scriptThatLeavesRowsUnread_releasesTheDatabase() throws Exception {
        assertThat(server.ask("GET", "/db.php?unread").status()).isEqualTo(200);
    }

    @Test
    void clientThatLeaves_releasesTheDatabase() throws Exception {
        Files.deleteIfExists(root.resolve("locked"));
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /db.php?loop HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(root.resolve("locked")));
            assertThat(root.resolve("x.db.lock")).isDirectory();
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.notExists(root.resolve("x.db.lock")));
    }
}
