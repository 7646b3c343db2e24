package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.jetway.auth.PasswordFile;
import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.Access;
import dev.jetway.route.FileRules;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import dev.jetway.server.FolderServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Static files over a socket: HTTP's rules for them, and files that are never sent. */
@Timeout(120)
final class StaticFilesIT {
    private static final Instant TIME = Instant.parse("2024-05-06T07:08:09Z");
    private static final String DATE = "Mon, 06 May 2024 07:08:09 GMT";
    private static final int LARGE = 3 << 20;

    /** More than the buffers of a connection. */
    private static final long HUGE = 256L << 20;

    /** Age after which the contents of a file are kept in memory, and more. */
    private static final Duration SETTLED = Duration.ofMillis(200);

    @TempDir private static Path folder;
    private static Path root;
    private static byte[] large;
    private static FolderServer server;

    @BeforeAll
    static void start() throws Exception {
        root = Files.createDirectory(folder.resolve("public"));
        large = new byte[LARGE];
        new Random(1).nextBytes(large);
        write("digits.txt", "0123456789");
        write("empty.txt", "");
        write("index.html", "<p>home");
        write("docs/index.html", "<p>docs");
        write("site.css", "p{}".repeat(2000));
        write("small.css", "p{}");
        write("latin.html", new byte[] {'<', 'p', '>', (byte) 0xe9});
        write("app.js", "a()");
        write("app.js.br", "brotli");
        write("app.js.gz", "gzipped");
        write("lonely.js.gz", "gzipped");
        write("old.js", "new()");
        write("old.js.gz", "old");
        Files.setLastModifiedTime(root.resolve("old.js.gz"), FileTime.from(TIME.minusSeconds(9)));
        write("large.bin", large);
        write(".env", "secret");
        write("config.php", "secret");
        write("config.php.gz", "secret");
        write("missing.html", "<p>nothing here");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("out.txt"), Path.of("../secret.txt"));
        server =
                new FolderServer(
                        Files.createDirectory(folder.resolve("server")), pages(), routes());
    }

    private static void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(String name, byte[] bytes) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(TIME));
    }

    private static ErrorPages pages() {
        return new ErrorPages(Map.of(404, new ErrorPages.Replacement.At("/missing.html")));
    }

    private static List<Route> routes() throws Exception {
        return List.of(
                route("/...", Access.OPEN, Optional.empty(), FileRules.DEFAULT),
                route(
                        "/cached/...",
                        Access.OPEN,
                        Optional.of("/index.html"),
                        new FileRules(Optional.of("max-age=60"), false, false)),
                route(
                        "/private/...",
                        new Access.Basic("x", PasswordFile.parse(""), false),
                        Optional.empty(),
                        FileRules.DEFAULT));
    }

    private static Route route(
            String pattern, Access access, Optional<String> fallback, FileRules rules) {
        return new Route(
                Site.DEFAULT,
                new RoutePattern(pattern),
                access,
                pattern.equals("/...") ? pages() : ErrorPages.NONE,
                new SourcePosition("site.toml", 1),
                new ServeFolder(
                        root, "/home/public", List.of("index.html"), fallback, List.of(), rules));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everyRequestHasOneRecord() {
        assertThat(server.records()).isZero();
    }

    private static Answer get(String target, String... fields) throws Exception {
        Answer answer = server.ask("GET", target, fields);
        server.record();
        return answer;
    }

    @Test
    void get_sendsTheFileWithItsValidators() throws Exception {
        Answer answer = server.ask("GET", "/digits.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("0123456789");
        assertThat(answer.field("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(answer.field("Content-Length")).isEqualTo("10");
        assertThat(answer.field("Last-Modified")).isEqualTo(DATE);
        assertThat(answer.field("ETag")).matches("\"[0-9a-f]+xa\"");
        assertThat(answer.field("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.field("Cache-Control")).isEmpty();
        RunRecord record = server.record();
        assertThat(record.outcome()).isEqualTo(Outcome.OK);
        assertThat(record.status()).isEqualTo(200);
        assertThat(record.bodyOut()).isEqualTo(10);
        assertThat(record.route()).hasValue(new RoutePattern("/..."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/digits.txt", "/large.bin", "/"})
    void head_hasTheSameFieldsAndNoBody(String target) throws Exception {
        Answer get = server.ask("GET", target);
        server.record();
        Answer head = server.ask("HEAD", target);

        assertThat(head.body()).isEmpty();
        assertThat(head.head().replaceAll("Date: .*", ""))
                .isEqualTo(get.head().replaceAll("Date: .*", ""));
        assertThat(server.record().bodyOut()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 206 | 0 | bytes 0-0/10",
                "bytes=2-5 | 206 | 2345 | bytes 2-5/10",
                "bytes=8- | 206 | 89 | bytes 8-9/10",
                "bytes=-3 | 206 | 789 | bytes 7-9/10",
                "bytes=-99 | 206 | 0123456789 | bytes 0-9/10",
                "bytes=5-99 | 206 | 56789 | bytes 5-9/10",
                "bytes=0-2,1-4 | 206 | 01234 | bytes 0-4/10",
                "bytes=0-1,99- | 206 | 01 | bytes 0-1/10",
                "bytes=10- | 416 | | bytes */10",
                "bytes=-0 | 416 | | bytes */10",
                "bytes=5-2 | 200 | 0123456789 | ''",
                "bytes= | 200 | 0123456789 | ''",
                "bytes=a-b | 200 | 0123456789 | ''",
                "bytes=1-2-3 | 200 | 0123456789 | ''",
                "bytes=99999999999999999999- | 416 | | bytes */10",
                "bytes=9223372036854775807- | 416 | | bytes */10",
                "bytes=0-99999999999999999999 | 206 | 0123456789 | bytes 0-9/10",
                "bytes=-99999999999999999999 | 206 | 0123456789 | bytes 0-9/10",
                "bytes=00000000000000000000001-2 | 206 | 12 | bytes 1-2/10",
                "Bytes=0-0 | 206 | 0 | bytes 0-0/10",
                "BYTES=0-0 | 206 | 0 | bytes 0-0/10",
                "bytes=0-0, | 206 | 0 | bytes 0-0/10",
                "bytes=,0-0 | 206 | 0 | bytes 0-0/10",
                "bytes=0-1,,1-2 | 206 | 012 | bytes 0-2/10",
                "bytes=99-,3-3 | 206 | 3 | bytes 3-3/10",
                "bytes=99-,100- | 416 | | bytes */10",
                "bytes=, | 200 | 0123456789 | ''",
                "bytes=- | 200 | 0123456789 | ''",
                "bytes=1-0,2-3 | 200 | 0123456789 | ''",
                "bytes=0-0;5-5 | 200 | 0123456789 | ''",
                "bytes=+0-1 | 200 | 0123456789 | ''",
                "bytes=0--1 | 200 | 0123456789 | ''",
                "bytes=0x0-1 | 200 | 0123456789 | ''",
                "bytes 0-0 | 200 | 0123456789 | ''",
                "lines=1-2 | 200 | 0123456789 | ''",
            })
    void range(String range, int status, String body, String contentRange) throws Exception {
        Answer answer = get("/digits.txt", "Range: " + range, "Accept: text/plain");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field("Content-Range")).isEqualTo(contentRange);
        if (body != null) {
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-0", "bytes=0-", "bytes=-1", "bytes=-0"})
    void range_ofAnEmptyFile_isIgnored(String range) throws Exception {
        Answer answer = get("/empty.txt", "Range: " + range);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Length")).isEqualTo("0");
    }

    @Test
    void ranges_inTwoFields_areIgnored() throws Exception {
        assertThat(get("/digits.txt", "Range: bytes=0-0", "Range: bytes=2-2").status())
                .isEqualTo(200);
    }

    @Test
    void ranges_thatAreApart_areParts() throws Exception {
        Answer answer = get("/digits.txt", "Range: bytes=0-1, 8-9");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.field("Content-Type")).startsWith("multipart/byteranges; boundary=");
        assertThat(answer.body())
                .contains("Content-Range: bytes 0-1/10\r\n", "\r\n\r\n01\r\n")
                .contains("Content-Range: bytes 8-9/10\r\n", "\r\n\r\n89\r\n");
    }

    @Test
    void ranges_ofALargeFile_areItsBytes() throws Exception {
        Answer one = get("/large.bin", "Range: bytes=1000000-1999999");
        Answer two = get("/large.bin", "Range: bytes=0-9, 3000000-3000009");

        assertThat(one.body()).isEqualTo(latin1(large, 1_000_000, 1_000_000));
        assertThat(two.body()).contains(latin1(large, 0, 10), latin1(large, 3_000_000, 10));
    }

    @Test
    void ranges_upToTheirBound() throws Exception {
        String within = "bytes=" + "0-0,".repeat(99) + "2-2";
        String beyond = "bytes=" + "0-0,".repeat(100) + "2-2";

        assertThat(get("/digits.txt", "Range: " + within).status()).isEqualTo(206);
        assertThat(get("/digits.txt", "Range: " + beyond).status()).isEqualTo(200);
    }

    private static String latin1(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match: TAG | 304",
                "If-None-Match: W/TAG | 304",
                "If-None-Match: \"x\", TAG | 304",
                "If-None-Match: * | 304",
                "If-None-Match: \"x\" | 200",
                "If-Modified-Since: Mon, 06 May 2024 07:08:09 GMT | 304",
                "If-Modified-Since: Mon, 06 May 2024 07:08:10 GMT | 304",
                "If-Modified-Since: Mon, 06 May 2024 07:08:08 GMT | 200",
                "If-Modified-Since: yesterday | 200",
                "If-Match: TAG | 200",
                "If-Match: * | 200",
                "If-Match: \"x\" | 412",
                "If-Unmodified-Since: Mon, 06 May 2024 07:08:09 GMT | 200",
                "If-Unmodified-Since: Mon, 06 May 2024 07:08:08 GMT | 412",
            })
    void condition(String field, int status) throws Exception {
        String tag = get("/digits.txt").field("ETag");

        Answer answer = server.ask("GET", "/digits.txt", field.replace("TAG", tag));

        assertThat(answer.status()).isEqualTo(status);
        RunRecord record = server.record();
        assertThat(record.status()).isEqualTo(status);
        if (status == 304) {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.field("Content-Length")).isEmpty();
            assertThat(answer.field("Vary")).isEqualTo("Accept-Encoding");
            assertThat(record.outcome()).isEqualTo(Outcome.OK);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TAG | 206",
                "Mon, 06 May 2024 07:08:09 GMT | 206",
                "\"x\" | 200",
                "W/TAG | 200",
                "Mon, 06 May 2024 07:08:08 GMT | 200",
                "Mon, 06 May 2024 07:08:10 GMT | 200",
            })
    void ifRange_ofAnotherVersion_sendsTheWholeFile(String value, int status) throws Exception {
        String tag = get("/digits.txt").field("ETag");

        Answer answer =
                get("/digits.txt", "Range: bytes=0-1", "If-Range: " + value.replace("TAG", tag));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(status == 206 ? "01" : "0123456789");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /digits.txt, 405",
        "PUT, /digits.txt, 405",
        "DELETE, /digits.txt, 405",
        "PROPFIND, /digits.txt, 405",
        "get, /digits.txt, 405",
        "TRACE, /digits.txt, 405",
        "POST, /none, 404",
        "POST, /.env, 404",
    })
    void method(String method, String target, int status) throws Exception {
        Answer answer = server.ask(method, target);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 405 && !method.equals("TRACE")) {
            assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
        assertThat(server.record().status()).isEqualTo(status == 404 ? 404 : 405);
        for (int more = server.records(); more > 0; more--) {
            server.record();
        }
    }

    @Test
    void options_returnsTheMethodsOfAFile() throws Exception {
        Answer answer = server.ask("OPTIONS", "/digits.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(answer.body()).isEmpty();
        assertThat(server.record().outcome()).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.env",
                "/%2eenv",
                "/.%65nv",
                "/docs/../.env",
                "/./.env",
                "//.env",
                "/config.php",
                "/config.ph%70",
                "/config.php.gz",
                "/out.txt",
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/docs/%2e%2e/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/..%5csecret.txt",
                "/%2e%2e%5csecret.txt",
                "/%252e%252e/secret.txt",
                "/..;/secret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/%00/secret.txt",
                "/secret.txt%00.html",
                "/digits.txt%00",
                "/digits.txt/",
                "/digits.txt/x",
                "/digits.txt/../.env",
                "/public/digits.txt",
                "/empty.txt/",
            })
    void neverServed_inAnySpelling(String target) throws Exception {
        Answer answer = server.ask("GET", target, "Accept-Encoding: gzip, br");

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret", "0123456789");
        int records = 0;
        for (; records == 0 || server.records() > 0; records++) {
            if (answer.status() == 400 && server.records() == 0) {
                break;
            }
            server.record();
        }
        assertThat(records).isLessThanOrEqualTo(2);
    }

    @Test
    void missingFile_hasTheSitesPageWithItsStatus() throws Exception {
        Answer answer = server.ask("GET", "/none", "If-None-Match: *", "Range: bytes=0-1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("<p>nothing here");
        assertThat(server.record().outcome()).isEqualTo(Outcome.NO_ROUTE);
        assertThat(server.record().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, /docs/",
        "/docs?a=b&c, /docs/?a=b&c",
        "//docs, /docs/",
        "/x/../docs, /docs/",
        "/cached, /cached/",
    })
    void folderWithoutSlash_redirects(String target, String location) throws Exception {
        Answer answer = server.ask("GET", target);

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.field("Location")).isEqualTo(location);
        assertThat(server.record().status()).isEqualTo(301);
    }

    @ParameterizedTest
    @CsvSource({"/, <p>home", "/docs/, <p>docs", "/cached/docs/, <p>docs", "/cached/none, <p>home"})
    void index_andFallback(String target, String body) throws Exception {
        Answer answer = get(target);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void cacheControl_isTheRoutes() throws Exception {
        String tag = get("/cached/digits.txt").field("ETag");

        assertThat(get("/cached/digits.txt").field("Cache-Control")).isEqualTo("max-age=60");
        assertThat(get("/cached/digits.txt").field("Vary")).isEmpty();
        assertThat(get("/cached/digits.txt", "If-None-Match: " + tag).field("Cache-Control"))
                .isEqualTo("max-age=60");
        assertThat(get("/cached/digits.txt", "Range: bytes=99-").field("Cache-Control")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/app.js | br, gzip | br | brotli",
                "/app.js | gzip | gzip | gzipped",
                "/app.js | gzip;q=1, br;q=0.5 | gzip | gzipped",
                "/app.js | gzip;q=0 | '' | a()",
                "/app.js | identity | '' | a()",
                "/app.js | * | br | brotli",
                "/cached/app.js | br, gzip | '' | a()",
                "/old.js | gzip | '' | new()",
                "/lonely.js.gz | gzip | '' | gzipped",
                "/small.css | gzip | '' | p{}",
            })
    void precompressed(String target, String accepted, String coding, String body)
            throws Exception {
        Answer answer = get(target, "Accept-Encoding: " + accepted);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.body()).isEqualTo(body);
        if (target.endsWith(".js")) {
            assertThat(answer.field("Content-Type")).isEqualTo("text/javascript;charset=utf-8");
        }
    }

    @Test
    void precompressedFileOfAMissingOne_isNotFound() throws Exception {
        Answer answer = server.ask("GET", "/lonely.js", "Accept-Encoding: gzip");
        server.record();
        server.record();

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void texts_areCompressedOnce() throws Exception {
        Answer plain = get("/site.css");
        // One text is compressed at a time; another is sent as it is meanwhile.
        await().until(() ->
                get("/site.css", "Accept-Encoding: gzip").field("Content-Encoding").equals("gzip"));
        Answer packed = get("/site.css", "Accept-Encoding: gzip");
        Answer known =
                get("/site.css", "Accept-Encoding: gzip", "If-None-Match: " + packed.field("ETag"));

        assertThat(packed.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.field("Content-Type")).isEqualTo("text/css;charset=utf-8");
        assertThat(packed.field("ETag")).isNotEqualTo(plain.field("ETag"));
        byte[] bytes = packed.body().getBytes(StandardCharsets.ISO_8859_1);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain.body());
        }
        assertThat(known.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "x.html, text/html;charset=utf-8",
        "x.HTM, text/html;charset=utf-8",
        "x.css, text/css;charset=utf-8",
        "x.js, text/javascript;charset=utf-8",
        "x.mjs, text/javascript;charset=utf-8",
        "x.txt, text/plain;charset=utf-8",
        "x.csv, text/csv;charset=utf-8",
        "x.json, application/json",
        "x.map, application/json",
        "x.webmanifest, application/manifest+json",
        "x.xml, application/xml",
        "x.svg, image/svg+xml",
        "x.png, image/png",
        "x.jpg, image/jpeg",
        "x.gif, image/gif",
        "x.webp, image/webp",
        "x.avif, image/avif",
        "x.ico, image/vnd.microsoft.icon",
        "x.woff, font/woff",
        "x.woff2, font/woff2",
        "x.ttf, font/ttf",
        "x.mp4, video/mp4",
        "x.webm, video/webm",
        "x.mp3, audio/mpeg",
        "x.pdf, application/pdf",
        "x.zip, application/zip",
        "x.gz, application/gzip",
        "x.unknown, application/octet-stream",
        "README, application/octet-stream",
    })
    void mediaType(String name, String type) throws Exception {
        write(name, "x");

        assertThat(get("/" + name).field("Content-Type")).isEqualTo(type);
    }

    @Test
    void text_inAnotherEncoding_namesItsCharsetItself() throws Exception {
        assertThat(get("/latin.html").field("Content-Type")).isEqualTo("text/html");
    }

    @Test
    void emptyFile() throws Exception {
        Answer answer = get("/empty.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Length")).isEqualTo("0");
    }

    @Test
    void fileThatMayNotBeRead_isForbidden() throws Exception {
        write("closed.txt", "secret");
        Path closed = root.resolve("closed.txt");
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isReadable(closed), "root reads everything");

        Answer answer = server.ask("GET", "/closed.txt");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("secret", "closed.txt");
        assertThat(server.record().outcome()).isEqualTo(Outcome.UNREADABLE);
    }

    @Test
    void pipe_isNotThere() throws Exception {
        Path pipe = root.resolve("pipe.txt");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThat(get("/cached/pipe.txt").status()).isEqualTo(404);
    }

    @Test
    void file_thatGetsShorterWhileItIsSent_cutsTheConnection() throws Exception {
        Path file = root.resolve("shrinks.bin");
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(HUGE);
        }
        byte[] request =
                "GET /shrinks.bin HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
                opened.setLength(10);
            }

            // The end of the connection, though its length says that more is to come.
            assertThat(socket.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isLessThan(HUGE);
        }
        RunRecord record = server.record();
        assertThat(record.bodyOut()).isLessThan(HUGE);
        assertThat(record.status()).isZero();
        assertThat(record.outcome()).isEqualTo(Outcome.INVALID_RESPONSE);
        assertThat(record.detail()).contains("the file became shorter while it was sent");
    }

    @Test
    void errorPage_isLoggedWithItsBytes() throws Exception {
        Answer got = server.ask("GET", "/private/digits.txt");
        assertThat(got.status()).isEqualTo(401);
        assertThat(server.record().bodyOut()).isEqualTo(got.body().length()).isPositive();

        assertThat(server.ask("HEAD", "/private/digits.txt").status()).isEqualTo(401);
        assertThat(server.record().bodyOut()).isZero();
    }

    @Test
    void file_thatIsReplacedWhileItIsSent_isSentToItsEnd() throws Exception {
        write("replaced.bin", large);
        Path file = root.resolve("replaced.bin");
        byte[] request =
                "GET /replaced.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            Files.delete(file);
            Files.writeString(file, "another");

            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(latin1(answer, answer.length - LARGE, LARGE))
                    .isEqualTo(latin1(large, 0, LARGE));
        }
        assertThat(server.record().bodyOut()).isEqualTo(LARGE);
    }

    @Test
    void largeFile_isItsBytes() throws Exception {
        Answer answer = server.ask("GET", "/large.bin");

        assertThat(answer.body()).isEqualTo(latin1(large, 0, LARGE));
        assertThat(server.record().bodyOut()).isEqualTo(LARGE);
    }

    @Test
    void changedFile_isNeverSentAsItWas() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.writeString(root.resolve("changing.txt"), "version " + i % 10);

            assertThat(get("/changing.txt").body()).isEqualTo("version " + i % 10);
        }
    }

    @Test
    void changedFile_isSeenAtOnce_alsoWhileOthersAskForIt() throws Exception {
        Path file = root.resolve("asked.txt");
        Files.writeString(file, "version 0");
        var going = new AtomicBoolean(true);
        List<Thread> others =
                IntStream.range(0, 2)
                        .mapToObj(_ -> Thread.ofPlatform().start(() -> askWhile(going)))
                        .toList();
        try (Socket plain = connect();
                Socket withBodies = connect()) {
            for (int i = 1; i <= 8; i++) {
                // A file that was changed just now is read each time.
                long settled = System.nanoTime() + SETTLED.toNanos();
                while (System.nanoTime() < settled) {
                    ask(plain, "GET", "\r\n\r\n");
                    ask(withBodies, "POST", "\r\nContent-Length: 1\r\n\r\nx");
                }
                Files.writeString(file, "version " + i);

                assertThat(ask(plain, "GET", "\r\n\r\n")).endsWith("version " + i);
                assertThat(ask(withBodies, "GET", "\r\n\r\n")).endsWith("version " + i);
            }
        } finally {
            going.set(false);
            for (Thread other : others) {
                other.join();
            }
            do {
                server.record();
            } while (server.records() > 0);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(server.uri().getHost(), server.uri().getPort());
    }

    private static void askWhile(AtomicBoolean going) {
        try (Socket socket = connect()) {
            while (going.get()) {
                ask(socket, "GET", "\r\n\r\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a request for the file that changes, over a connection that stays open. */
    private static String ask(Socket socket, String method, String end) throws IOException {
        String head = method + " /asked.txt HTTP/1.1\r\nHost: " + server.uri().getHost() + end;
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        var bytes = new byte[4 << 10];
        int length = 0;
        while (length == 0 || answer.length() < length) {
            int read = socket.getInputStream().read(bytes);
            assertThat(read).isPositive();
            answer.append(latin1(bytes, 0, read));
            int body = answer.indexOf("\r\n\r\n") + 4;
            if (length == 0 && body >= 4) {
                String field = "Content-Length: ";
                int from = answer.indexOf(field) + field.length();
                int to = answer.indexOf("\r\n", from);
                length = body + Integer.parseInt(answer.substring(from, to));
            }
        }
        return answer.toString();
    }

    @Test
    void accessRules_areCheckedBeforeTheFolder() throws Exception {
        for (String target : List.of("/private/digits.txt", "/private/none", "/private/docs")) {
            Answer answer = server.ask("GET", target);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(server.record().outcome()).isEqualTo(Outcome.UNAUTHORIZED);
        }
    }

    @Test
    void swappedLinks_neverLeadOut() throws Exception {
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/file.txt"), "secret");
        Files.createDirectories(root.resolve("inside"));
        Files.writeString(root.resolve("inside/file.txt"), "public");
        var going = new AtomicBoolean(true);
        Thread swapping =
                Thread.ofPlatform()
                        .start(() -> {
                            Path link = root.resolve("swap");
                            Path made = root.resolve("made");
                            for (int i = 0; going.get(); i++) {
                                try {
                                    Path to = Path.of(i % 2 == 0 ? "inside" : "../outside");
                                    Files.createSymbolicLink(made, to);
                                    Files.move(made, link, StandardCopyOption.REPLACE_EXISTING);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                        });
        try {
            for (int i = 0; i < 300; i++) {
                Answer answer = server.ask("GET", "/swap/file.txt");
                do {
                    server.record();
                } while (server.records() > 0);

                assertThat(answer.body()).isIn("public", "<p>nothing here");
            }
        } finally {
            going.set(false);
            swapping.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"changeable.txt", "exchange/file.txt"})
    void fileOrFolder_swappedForALinkOut_isNotThere(String target) throws Exception {
        Path file = root.resolve(target);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "public");
        Path name = root.resolve(Path.of(target).getName(0));
        Path away = folder.resolve("away-" + name.getFileName());
        var going = new AtomicBoolean(true);
        Thread swapping =
                Thread.ofPlatform()
                        .start(() -> {
                            while (going.get()) {
                                try {
                                    Files.move(name, away);
                                    Files.createSymbolicLink(name, away);
                                    Files.delete(name);
                                    Files.move(away, name);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                        });
        int there = 0;
        try {
            for (int i = 0; i < 300; i++) {
                Answer answer = server.ask("GET", "/" + target);
                do {
                    server.record();
                } while (server.records() > 0);

                assertThat(answer.body()).isIn("public", "<p>nothing here");
                there += answer.status() == 200 ? 1 : 0;
            }
        } finally {
            going.set(false);
            swapping.join();
        }
        assertThat(there).isPositive();
        assertThat(server.ask("GET", "/" + target).body()).isEqualTo("public");

        // Now the name is a link to the file.
        Files.move(name, away);
        Files.createSymbolicLink(name, away);
        for (int i = 0; i < 3; i++) {
            assertThat(server.ask("GET", "/" + target).status()).isEqualTo(404);
        }
        Files.delete(name);
        Files.move(away, name);
        assertThat(server.ask("GET", "/" + target).body()).isEqualTo("public");
        do {
            server.record();
        } while (server.records() > 0);
    }

    @Test
    void http2_sendsTheSame() throws Exception {
        try (var client = new Http2Client(server.uri())) {
            var range = HttpFields.build().add("Range", "bytes=2-5");

            assertThat(
                            client.send(
                                    "GET",
                                    "localhost",
                                    "/digits.txt",
                                    HttpFields.EMPTY,
                                    new byte[0]))
                    .isEqualTo("0123456789");
            assertThat(client.send("GET", "localhost", "/digits.txt", range, new byte[0]))
                    .isEqualTo("2345");
            assertThat(
                            client.send(
                                    "HEAD",
                                    "localhost",
                                    "/large.bin",
                                    HttpFields.EMPTY,
                                    new byte[0]))
                    .isEmpty();
            assertThat(client.send("GET", "localhost", "/.env", HttpFields.EMPTY, new byte[0]))
                    .isEqualTo("<p>nothing here");
        }
        for (int i = 0; i < 5; i++) {
            server.record();
        }
    }

    @Test
    void clientThatLeaves_isRecordedOnce() throws Exception {
        byte[] request =
                "GET /huge.bin HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var file = new RandomAccessFile(root.resolve("huge.bin").toFile(), "rw")) {
            file.setLength(HUGE);
        }
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write(request);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.setSoLinger(true, 0);
        }

        RunRecord record = server.record();
        assertThat(record.outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(record.bodyOut()).isLessThan(HUGE);
    }
}
