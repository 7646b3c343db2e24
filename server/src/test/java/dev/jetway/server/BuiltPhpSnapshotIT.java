package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sites of the php-cgi that examples/php/build.sh makes, whose requests begin with the compiled
 * scripts. Left out where it was not made.
 */
@Timeout(300)
final class BuiltPhpSnapshotIT {
    private static final Pattern RUNS = Pattern.compile("jetway_snapshot_runs (\\d+)");

    /** Includes a script that was read ahead, in the way that a request names. */
    private static final String INCLUDES =
            """
            <?php
            switch ($_GET['q'] ?? '') {
                case 'once': require_once 'counted.php'; require_once './counted.php';
                    include_once __DIR__ . '/below/../counted.php'; echo $n; break;
                case 'twice': require 'counted.php'; require 'counted.php';
                    require_once 'counted.php'; echo $n; break;
                case 'path': echo require 'below/../counted.php'; break;
                case 'files': include 'counted.php';
                    echo count(preg_grep('/counted/', get_included_files())); break;
                case 'outside': ini_set('open_basedir', __DIR__ . '/below');
                    echo (@include 'counted.php') ? 'included' : 'refused'; break;
                case 'gone': echo (@include 'counted.php') ? 'included' : 'gone'; break;
                case 'text': echo highlight_file('counted.php', true); break;
                case 'names': require 'counted.php'; require 'shape.php';
                    $keys = Shape::KEYS; unset($keys['one']); $keys['one'] = 'shape';
                    echo count(new $keys['one']), count(Shape::of(null)), $keys['count'],
                        array_key_last($keys), get_class(Shape::of(new Shape)); break;
                case 'large': $x = str_repeat('x', 60 << 20); $y = str_repeat('y', 20 << 20);
                    unset($x); $z = str_repeat('z', 30 << 20);
                    echo strlen($y) + strlen($z), $y[12345678], $z[12345678]; break;
                default: require 'counted.php'; require 'shape.php'; echo $n;
            }
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        BuiltPhp.assumeBuilt();
        for (String site : new String[] {"p.example", "q.example"}) {
            write(
                    site,
                    "index.php",
                    """
                    <?php require 'lib.php'; require_once 'shape.php'; session_start();
                    echo json_encode([site(), (new Round)->area(), time(), bin2hex(random_bytes(8)),
                        session_id(), $_GET['q'] ?? '', count($_SERVER), $_SERVER['HTTP_X_1'] ?? '']);
                    """);
            write(site, "lib.php", "<?php function site() { return '" + site + "'; }");
            write(
                    site,
                    "shape.php",
                    "<?php abstract class Shape { static $n = 1; abstract function area(); }"
                            + " class Round extends Shape { function area() { return self::$n++; } }");
            Files.createDirectories(folder.resolve("sites").resolve(site).resolve("tmp"));
        }
        write("i.example", "index.php", INCLUDES);
        write("i.example", "counted.php", "<?php $n = ($n ?? 0) + 1; return __FILE__;");
        write(
                "i.example",
                "shape.php",
                """
                <?php class Shape implements Countable {
                    const KEYS = ['one' => 1, 'count' => 2];
                    function count(): int { return count(self::KEYS); }
                    static function of(?Countable $shape): Shape { return $shape ?? new Shape; }
                }
                """);
        Files.createDirectories(folder.resolve("sites/i.example/public/below"));
        Files.createDirectories(folder.resolve("sites/i.example/tmp"));
        write("n.example", "index.php", "<?php echo ini_get('opcache.enable');");
        server = BuiltPhp.serve(folder, "snapshot = true");
    }

    /** OPcache does not keep what has changed within the last two seconds. */
    private static void write(String site, String name, String text) throws IOException {
        Path file = folder.resolve("sites").resolve(site).resolve("public").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + text.hashCode()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String get(String site, String query, String... fields) throws Exception {
        var head = new StringBuilder("GET /" + query + " HTTP/1.1\r\nConnection: close\r\n");
        head.append("Host: ").append(site).append("\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return TestServer.body(server.raw(head.append("\r\n").toString())).strip();
    }

    private static long runs() throws Exception {
        Matcher runs = RUNS.matcher(server.admin("/metrics"));
        return runs.find() ? Long.parseLong(runs.group(1)) : 0;
    }

    /** Asks until a request has begun with a snapshot, and the list of scripts is in it. */
    private static void warm(String site) throws Exception {
        Path list;
        do {
            TimeUnit.MILLISECONDS.sleep(500);
            get(site, "");
            list = list(site);
        } while (list == null || !Files.readString(list).contains("/shape.php\n"));
        Instant changed = Files.getLastModifiedTime(list).toInstant();
        do {
            awaitSnapshot(site);
        } while (changed.plusSeconds(5).isAfter(Instant.now()));
    }

    /** Asks until a request has begun with a snapshot. */
    private static void awaitSnapshot(String site) throws Exception {
        long before;
        do {
            TimeUnit.MILLISECONDS.sleep(500);
            before = runs();
            get(site, "");
        } while (runs() == before);
    }

    private static @Nullable Path list(String site) throws IOException {
        Path cache = folder.resolve("sites").resolve(site).resolve("tmp/opcache");
        if (!Files.isDirectory(cache)) {
            return null;
        }
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.map(system -> system.resolve("list"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Test
    void requestsHaveWhatIsTheirs() throws Exception {
        warm("p.example");
        warm("q.example");
        long before = runs();
        Set<String> random = new HashSet<>();
        int requests = 6;
        for (int i = 0; i < requests; i++) {
            String[] fields = new String[i];
            for (int field = 0; field < i; field++) {
                fields[field] = "X-" + field + ": " + i;
            }
            String[] values =
                    get(i % 2 == 0 ? "p.example" : "q.example", "?q=" + "z".repeat(i * 20), fields)
                            .replaceAll("[\\[\\]\"]", "")
                            .split(",", -1);

            assertThat(values[0]).isEqualTo(i % 2 == 0 ? "p.example" : "q.example");
            assertThat(values[1]).isEqualTo("1");
            assertThat(Long.parseLong(values[2]))
                    .isBetween(
                            Instant.now().getEpochSecond() - 5, Instant.now().getEpochSecond() + 1);
            random.add(values[3]);
            random.add(values[4]);
            assertThat(values[5]).isEqualTo("z".repeat(i * 20));
            assertThat(values[7]).isEqualTo(i > 1 ? "" + i : "");
        }
        assertThat(random).hasSize(2 * requests);
        assertThat(runs() - before).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({
        "once, 1",
        "twice, 2",
        "path, /home/public/counted.php",
        "files, 1",
        "outside, refused",
        "gone, included",
        "names, 222oneShape",
        "large, 52428800yz",
        "'', 1"
    })
    void includesAreThoseOfPhp_readAheadOrNot(String how, String expected) throws Exception {
        warm("i.example");
        long before = runs();

        assertThat(get("i.example", "?q=" + how)).isEqualTo(expected);
        assertThat(runs() - before).isEqualTo(1);
    }

    @Test
    void aScriptThatIsReadAheadCanStillBeOpened() throws Exception {
        warm("i.example");

        assertThat(get("i.example", "?q=text")).contains("__FILE__");
    }

    @Test
    void aScriptThatIsGoneIsNotIncluded() throws Exception {
        warm("i.example");
        Path script = folder.resolve("sites/i.example/public/counted.php");
        Path away = Files.move(script, script.resolveSibling("away"));
        assertThat(get("i.example", "?q=gone")).isEqualTo("gone");

        Files.move(away, script);
        assertThat(get("i.example", "?q=gone")).isEqualTo("included");
    }

    @Test
    void aChangedScriptHoldsAtTheNextRequest() throws Exception {
        warm("p.example");
        assertThat(get("p.example", "")).startsWith("[\"p.example\",1,");

        write("p.example", "lib.php", "<?php function site() { return 'changed'; }");
        assertThat(get("p.example", "")).startsWith("[\"changed\",1,");
        write("p.example", "lib.php", "<?php function site() { return 'p.example'; }");
        assertThat(get("p.example", "")).startsWith("[\"p.example\",1,");
    }

    @Test
    void aSiteThatGetsAFolderForThem_keepsItsScriptsFromThenOn() throws Exception {
        awaitSnapshot("n.example");
        assertThat(get("n.example", "")).isEmpty();

        Path cache = folder.resolve("sites/n.example/tmp/opcache");
        Files.createDirectory(cache.getParent());

        // The server looks for new folders every few seconds.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("n.example", "")).isEqualTo("1"));
        assertThat(cache).isDirectory();
    }
}
