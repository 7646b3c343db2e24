package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The php-cgi that examples/php/build.sh makes, in a site that is a folder. A quarter of an hour is
 * too long for every build: where it was not made, these tests are left out.
 */
@Timeout(300)
final class BuiltPhpIT {
    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        BuiltPhp.assumeBuilt();
        write("public/e.php", "<?php echo json_encode(eval('return ' . $_GET['e'] . ';'));");
        write(
                "public/uploads.php",
                "<?php foreach ($_FILES as $f) echo file_get_contents($f['tmp_name']), ' ';");
        write(
                "public/session.php",
                """
                <?php session_id('abc'); session_start();
                $n = $_SESSION['n'] ?? 0; usleep(20000); echo $_SESSION['n'] = $n + 1;
                """);
        write(
                "public/counter.php",
                """
                <?php $f = fopen('/home/data/n', 'c+'); flock($f, LOCK_EX);
                $n = (int) fread($f, 9); usleep(20000); rewind($f); fwrite($f, $n + 1); echo $n + 1;
                """);
        write(
                "public/open.php",
                """
                <?php class Last { function __destruct() { echo 'destroyed'; } }
                $last = new Last;
                register_shutdown_function(function () { echo 'shut down, '; });
                $file = gzopen('/home/data/open.gz', 'w');
                gzwrite($file, 'text');
                $db = new PDO('sqlite:/home/data/open.db', null, null, [PDO::ATTR_PERSISTENT => true]);
                $db->exec('CREATE TABLE t (n)');
                $db->beginTransaction();
                $db->exec('INSERT INTO t VALUES (1)');
                """);
        write("public/version.php", "<?php echo 'old';");
        write("data/n", "0");
        Files.createDirectories(folder.resolve("sites/p.example/tmp"));
        server = BuiltPhp.serve(folder, "");
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve("sites/p.example").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String ask(String line, String fields, String body) throws Exception {
        String request =
                line
                        + " HTTP/1.1\r\nHost: p.example\r\nConnection: close\r\n"
                        + fields
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        return TestServer.body(server.raw(request));
    }

    private static String get(String target) throws Exception {
        return ask("GET " + target, "", "");
    }

    private static List<String> fourAtOnce(String target) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> one = () -> get(target);
            return threads.invokeAll(List.of(one, one, one, one)).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "extension_loaded('Zend OPcache') | true",
                "opcache_get_status(false)['file_cache_only'] | true",
                "gzuncompress(gzcompress('abc')) | \"abc\"",
                "iconv('ISO-8859-1', 'UTF-8', chr(233)) | \"\\u00e9\"",
                "tempnam('/tmp', 'a') !== tempnam('/tmp', 'a') | true",
                "strlen(random_bytes(1000)) | 1000",
                "password_verify('x', password_hash('x', PASSWORD_BCRYPT)) | true",
                "decoct(fileperms('/home/public/e.php')) . decoct(fileperms('/home/public'))"
                        + " | \"10064440755\"",
                "[@exec('ls'), function_exists('proc_open'), @fsockopen('127.0.0.1', 80)]"
                        + " | [false,false,false]",
                "(function () { try { (new Fiber(fn() => 1))->start(); }"
                        + " catch (Exception $e) { return 'caught'; } })() | \"caught\"",
                "(new SQLite3(':memory:'))->querySingle('select 6 * 7') | 42",
                "(string) simplexml_load_string('<a><b>c</b></a>')->b | \"c\"",
                "preg_replace('/(\\w+)@\\w+/u', '$1', 'a@b c@d') | \"a c\"",
            })
    void expression(String expression, String value) throws Exception {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);

        assertThat(get("/e.php?e=" + query).strip()).isEqualTo(value);
    }

    @Test
    void severalUploads_haveTheirOwnContents() throws Exception {
        String file =
                "--B\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"f\"\r\n\r\n%s\r\n";

        String answer =
                ask(
                        "POST /uploads.php",
                        "Content-Type: multipart/form-data; boundary=B\r\n",
                        file.formatted("a", "one") + file.formatted("b", "two") + "--B--\r\n");

        assertThat(answer).isEqualTo("one two ");
    }

    @Test
    void requestsOfASession_areOneAfterTheOther() throws Exception {
        assertThat(fourAtOnce("/session.php")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void lockedFile_isOneRequestsAtATime() throws Exception {
        assertThat(fourAtOnce("/counter.php")).containsExactly("1", "2", "3", "4");
        assertThat(folder.resolve("sites/p.example/data/n.lock")).doesNotExist();
    }

    @Test
    void whatAScriptLeavesOpen_isClosedAtItsEnd() throws Exception {
        assertThat(get("/open.php")).isEqualTo("shut down, destroyed");
        assertThat(folder.resolve("sites/p.example/data/open.db.lock")).doesNotExist();
        assertThat(folder.resolve("sites/p.example/data/open.db-journal")).doesNotExist();

        expression("gzfile('/home/data/open.gz')", "[\"text\"]");
        expression(
                "(new SQLite3('/home/data/open.db'))->querySingle('select count(*) from t')", "0");
    }

    @Test
    void script_isCompiledOnce_andAgainWhenItChanges() throws Exception {
        // OPcache does not keep what has changed within the last two seconds.
        Path script = folder.resolve("sites/p.example/public/version.php");
        Files.setLastModifiedTime(script, FileTime.fromMillis(1_000_000));
        assertThat(get("/version.php")).isEqualTo("old");
        assertThat(compiled("version.php.bin")).isTrue();

        Files.writeString(script, "<?php echo 'new';");

        assertThat(get("/version.php")).isEqualTo("new");
    }

    private static boolean compiled(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("sites/p.example/tmp"))) {
            return files.anyMatch(file -> file.endsWith(name));
        }
    }
}
