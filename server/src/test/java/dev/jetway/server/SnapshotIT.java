package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes whose requests begin after the start-up of their module. */
@Timeout(120)
final class SnapshotIT {
    /** Answers with all of its environment, a line for each variable. */
    private static final String GUEST =
            """
            (module
              (import "wasi_snapshot_preview1" "environ_sizes_get"
                (func $sizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_get"
                (func $environ (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 4)
              (data (i32.const 64) "Content-Type: text/plain\\n\\n")
              (func $print (param $at i32) (param $length i32)
                (i32.store (i32.const 8) (local.get $at))
                (i32.store (i32.const 12) (local.get $length))
                (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16))))
              (func (export "_start") (local $i i32) (local $at i32) (local $end i32)
                (drop (call $sizes (i32.const 0) (i32.const 4)))
                (drop (call $environ (i32.const 4096) (i32.const 8192)))
                (call $print (i32.const 64) (i32.const 26))
                (block $done
                  (loop $next
                    (br_if $done (i32.ge_u (local.get $i) (i32.load (i32.const 0))))
                    (local.set $at
                      (i32.load (i32.add (i32.const 4096) (i32.mul (local.get $i) (i32.const 4)))))
                    (local.set $end (local.get $at))
                    (block $found
                      (loop $more
                        (br_if $found (i32.eqz (i32.load8_u (local.get $end))))
                        (local.set $end (i32.add (local.get $end) (i32.const 1)))
                        (br $more)))
                    (i32.store8 (local.get $end) (i32.const 10))
                    (call $print (local.get $at)
                      (i32.add (i32.sub (local.get $end) (local.get $at)) (i32.const 1)))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br $next)))))
            """;

    @TempDir private Path folder;

    @Test
    void requestsGetTheirOwnEnvironment() throws Exception {
        // In Wagi's dialect each query would be an argument, and need a snapshot of its own.
        String keys = "dialect = 'cgi'\nsnapshot = true\n";
        String modules = TestServer.guest(folder, "/env", GUEST) + keys;
        try (var server = TestServer.start(folder, modules)) {
            assertAnswer(server, 0);
            int request = 1;
            while (server.admin("/metrics").contains("jetway_snapshot_runs 0.0\n")) {
                assertAnswer(server, request++);
                TimeUnit.MILLISECONDS.sleep(5);
            }
            for (int i = 0; i < 10; i++) {
                assertAnswer(server, request++);
            }
            assertThat(server.admin("/metrics")).doesNotContain("jetway_snapshot_bytes 0.0\n");
            assertThat(server.admin("/snapshots"))
                    .contains("/env")
                    .containsPattern("env\\.wat: \\d+ snapshots?, \\d+ runs");
        }
    }

    /** Two routes with one module; values of any length and kind, and a huge one. */
    @Test
    void manyRequestsAtOnceGetTheirOwnEnvironment() throws Exception {
        String keys = "dialect = 'cgi'\nsnapshot = true\n";
        String modules =
                TestServer.guest(folder, "/env", GUEST)
                        + keys
                        + "[[module]]\nroute = '/other'\nmodule = '"
                        + folder.resolve("env.wat")
                        + "'\n"
                        + keys;
        try (var server = TestServer.start(folder, modules);
                var threads = Executors.newFixedThreadPool(16)) {
            var answers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 1000; i++) {
                int request = i;
                answers.add(threads.submit(() -> isOwn(server, request)));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    /** Whether a request gets what belongs to it, and nothing else. */
    private static boolean isOwn(TestServer server, int request) throws Exception {
        String path = request % 2 == 0 ? "/env" : "/other";
        String odd = "a\tb\u00e9".repeat(request % 7) + "x" + request;
        String huge = request % 50 == 0 ? "y".repeat(6000) : "y";
        String body =
                server.send(
                                server.request(path + "?request=" + request)
                                        .header("X-Odd", odd)
                                        .header("X-Huge", huge)
                                        .build())
                        .body();
        return body.contains("QUERY_STRING=request=" + request + "\n")
                && body.contains("SCRIPT_NAME=" + path + "\n")
                && body.contains("HTTP_X_HUGE=" + huge + "\n")
                && body.contains("x" + request + "\n");
    }

    private static void assertAnswer(TestServer server, int request) throws Exception {
        assertThat(server.get("/env?request=" + request).body())
                .contains("QUERY_STRING=request=" + request + "\n")
                .contains("REQUEST_METHOD=GET\n");
    }

    @Test
    void aRouteWithoutHasNone() throws Exception {
        try (var server = TestServer.start(folder, TestServer.guest(folder, "/env", GUEST))) {
            assertAnswer(server, 0);
            assertAnswer(server, 1);
            assertThat(server.admin("/metrics")).contains("jetway_snapshot_runs 0.0\n");
        }
    }
}
