package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failing guest harms its own request only. */
@Timeout(60)
final class FailureIT {
    /** {@code $print} writes N bytes from address 1024, where the response is. */
    private static final String HEAD =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 1024) "Content-Type: text/plain\\0a\\0abody")
              (data (i32.const 2048) "Content-Length: 9\\0aStatus: 200\\0a\\0abody")
              (data (i32.const 3072) "this is no header\\0a\\0abody")
              (func $print (param $from i32) (param $count i32)
                (i32.store (i32.const 0) (local.get $from))
                (i32.store (i32.const 4) (local.get $count))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
              (func (export "_start") (local $i i32)
            """;

    private static final String OK = "(call $print (i32.const 1024) (i32.const 30))";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        var modules = new StringBuilder();
        add(modules, "/ok", OK);
        add(modules, "/trap", "unreachable");
        add(modules, "/trap-after-output", OK + "unreachable");
        add(modules, "/exit-3", "(call $exit (i32.const 3))");
        add(modules, "/exit-0-silent", "(call $exit (i32.const 0))");
        add(modules, "/exit-3-after-output", OK + "(call $exit (i32.const 3))");
        add(modules, "/silent", "");
        add(modules, "/half-a-head", "(call $print (i32.const 1024) (i32.const 10))");
        add(modules, "/bad-head", "(call $print (i32.const 3072) (i32.const 23))");
        add(
                modules,
                "/bad-head-loop",
                "(call $print (i32.const 3072) (i32.const 23)) (loop (br 0))");
        add(modules, "/loop", "(loop (br 0))");
        modules.append("time-limit = \"200ms\"\n");
        add(modules, "/print-loop", "(loop " + OK + "(br 0))");
        modules.append("time-limit = \"300ms\"\n");
        add(modules, "/short", "(call $print (i32.const 2048) (i32.const 35))");
        add(
                modules,
                "/long",
                "(call $print (i32.const 2048) (i32.const 35)) (call $print (i32.const 1024)"
                        + " (i32.const 30))");
        add(
                modules,
                "/grow",
                "(loop (br_if 0 (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable");
        add(
                modules,
                "/grow-in-bounds",
                "(loop (local.set $i (i32.add (local.get $i) (i32.const 1)))"
                        + " (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1))"
                        + " (then unreachable)) (br_if 0 (i32.lt_u (local.get $i)"
                        + " (i32.const 1023))))"
                        + OK);
        modules.append("memory-limit = \"64MiB\"\n");
        add(
                modules,
                "/recurse",
                "(call $exit (i32.const 0))) (func $r (call $r) (call $r)) (func (export \"deep\")"
                        + " (call $r)");
        modules.append("entrypoint = \"deep\"\n");
        modules.append("[[module]]\nroute = \"/gone\"\nmodule = \"gone.wasm\"\n");
        modules.append(
                TestServer.guest(
                        folder,
                        "/import",
                        "(module (import \"env\" \"x\" (func)) (func (export \"_start\")))"));
        modules.append(TestServer.guest(folder, "/no-start", "(module)"));
        server = TestServer.start(folder, "guest-slots = 2\n", modules.toString());
    }

    private static void add(StringBuilder modules, String route, String body) throws Exception {
        modules.append(TestServer.guest(folder, route, HEAD + body + "))"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theNextRequestIsServed() throws Exception {
        HttpResponse<String> response = server.get("/ok");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource({
        "/trap, 502",
        "/exit-3, 502",
        "/exit-0-silent, 502",
        "/silent, 502",
        "/half-a-head, 502",
        "/bad-head, 502",
        "/bad-head-loop, 502",
        "/loop, 504",
        "/grow, 502",
        "/recurse, 502",
        "/gone, 503",
        "/import, 503",
        "/no-start, 503",
    })
    void aFailureHasItsStatus(String route, int status) throws Exception {
        HttpResponse<String> response = server.get(route);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith(status + " ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/trap, trap, 502",
        "/silent, no-response, 502",
        "/bad-head, invalid-response, 502",
        "/loop, time-limit, 504",
        "/gone, module, 503",
    })
    void aFailureIsCountedUnderItsName(String route, String outcome, int status) throws Exception {
        server.get(route);

        assertThat(server.admin("/metrics"))
                .contains(
                        "jetway_requests_total{site=\"default\",route=\""
                                + route
                                + "\",outcome=\""
                                + outcome
                                + "\",status=\""
                                + status
                                + "\",}");
    }

    @Test
    void memoryWithinTheLimitIsGranted() throws Exception {
        HttpResponse<String> response = server.get("/grow-in-bounds");

        assertThat(response.body()).isEqualTo("body");
    }

    @Test
    void aCompleteResponseIsDeliveredWhateverTheExitCode() throws Exception {
        assertThat(server.get("/exit-3-after-output").body()).isEqualTo("body");
    }

    @Test
    void aTrapBeforeTheResponseIsSentIsAnError() throws Exception {
        assertThat(server.get("/trap-after-output").statusCode()).isEqualTo(502);
    }

    @Test
    void aGuestThatFailsAfterItsResponseHasBegunCutsTheConnection() throws Exception {
        String answer = server.raw("GET /print-loop HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotEndWith("\r\n0\r\n\r\n");
    }

    @Test
    void aBodyShorterThanItsLengthIsAnError() throws Exception {
        assertThat(server.get("/short").statusCode()).isEqualTo(502);
    }

    @Test
    void aBodyLongerThanItsLengthIsCut() throws Exception {
        String one = "GET /long HTTP/1.1\r\nHost: x\r\n\r\n";
        String two = "GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        assertThat(server.raw(one + two)).contains("\r\n\r\nbodyConteHTTP/1.1 200 ");
    }

    @Test
    void requestsAreRefusedWithRetryAfterWhenAllSlotsAreBusy() throws Exception {
        // A folder of its own: the other server reads its files again when they change.
        Path own = Files.createDirectories(folder.resolve("busy"));
        try (var busy =
                TestServer.start(
                        own,
                        "guest-slots = 1\nlong-running-guests = 0\nadmission-wait = \"500ms\"\n",
                        TestServer.guest(own, "/hold", HEAD + "(loop (br 0))))")
                                + "time-limit = \"4s\"\n"
                                + TestServer.guest(own, "/ok", HEAD + OK + "))"))) {
            // The first run is slow: the request to hold would wait too long for its slot.
            assertThat(busy.get("/ok").statusCode()).isEqualTo(200);
            var held = CompletableFuture.supplyAsync(() -> status(busy, "/hold"));
            HttpResponse<String> refused = busy.get("/ok");
            while (refused.statusCode() == 200 && !held.isDone()) {
                refused = busy.get("/ok");
            }

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).contains("1");
            assertThat(busy.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(held.get(30, TimeUnit.SECONDS)).isEqualTo(504);
            assertThat(busy.get("/ok").statusCode()).isEqualTo(200);
        }
    }

    private static int status(TestServer of, String target) {
        try {
            return of.get(target).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
