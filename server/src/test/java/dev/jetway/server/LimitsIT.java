package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tenants and their limits. */
@Timeout(120)
final class LimitsIT {
    private static final String LOOP = "(module (func (export \"_start\") (loop (br 0))))";

    /** Writes 4 KiB of a body for ever. */
    private static final String PRINT =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 16) "Content-Type: text/plain\\n\\n")
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.const 4096))
                (loop
                  (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                  (i32.store (i32.const 0) (i32.const 100))
                  (br 0))))
            """;

    /** Takes 16 MiB, tries to take 16 more, prints whether it could, and waits a while. */
    private static final String HUNGRY =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff"
                (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 256)
              (data (i32.const 16) "Content-Type: text/plain\\n\\nno")
              (data (i32.const 64) "yes")
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.const 28))
                (if (i32.ne (memory.grow (i32.const 256)) (i32.const -1))
                  (then (memory.copy (i32.const 42) (i32.const 64) (i32.const 2))))
                (i32.store8 (i32.const 128) (i32.const 0))
                (i32.store (i32.const 144) (i32.const 1))
                (i64.store (i32.const 152) (i64.const 1000000000))
                (drop (call $poll_oneoff
                  (i32.const 128) (i32.const 256) (i32.const 1) (i32.const 512)))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
            """;

    /** Appends 4 KiB to a file in its only folder and prints the error as two digits. */
    private static final String APPEND =
            """
            (module
              (import "wasi_snapshot_preview1" "path_open"
                (func $path_open
                  (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 16) "Content-Type: text/plain\\n\\n??")
              (data (i32.const 64) "file")
              (func (export "_start") (local $errno i32)
                (local.set $errno (call $path_open (i32.const 3) (i32.const 0)
                  (i32.const 64) (i32.const 4) (i32.const 1) (i64.const 64) (i64.const 0)
                  (i32.const 1) (i32.const 80)))
                (i32.store (i32.const 0) (i32.const 1024))
                (i32.store (i32.const 4) (i32.const 4096))
                (if (i32.eqz (local.get $errno))
                  (then (local.set $errno (call $fd_write (i32.load (i32.const 80))
                    (i32.const 0) (i32.const 1) (i32.const 8)))))
                (i32.store8 (i32.const 42)
                  (i32.add (i32.const 48) (i32.div_u (local.get $errno) (i32.const 10))))
                (i32.store8 (i32.const 43)
                  (i32.add (i32.const 48) (i32.rem_u (local.get $errno) (i32.const 10))))
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.const 28))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
            """;

    @TempDir private static Path folder;
    private static TestServer server;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        String ok =
                TestServer.printing(folder, "/ok", "Content-Type: text/plain\n\nneighbour\n")
                        .replace("[[module]]\nroute", "[[site.route]]\npath");
        String tenant =
                TestServer.printing(folder, "/tenant", "Content-Type: text/plain\n\ntenant\n")
                        .replace("[[module]]\nroute = \"/tenant\"", "[[site.route]]\npath = \"/\"");
        server =
                TestServer.start(
                        folder,
                        """
                        guest-slots = 4
                        admission-wait = "10s"
                        long-running-guests = 64
                        [[site]]
                        name = "good"
                        hosts = ["good.test"]
                        %s
                        [[site]]
                        name = "bad"
                        hosts = ["bad.test", "*.bad.test"]
                        running-limit = 6
                        waiting-limit = 4
                        limits = { time = "3s" }
                        %s
                        %s
                        %s
                        cpu-time-limit = "200ms"
                        %s
                        response-body-limit = "64KiB"
                        [[site]]
                        name = "eager"
                        hosts = ["eager.test"]
                        rate-limit = "1/h"
                        burst-limit = 3
                        %s
                        [[site]]
                        name = "hungry"
                        hosts = ["hungry.test"]
                        memory-limit = "48MiB"
                        %s
                        [[site]]
                        name = "keeper"
                        hosts = ["keeper.test"]
                        volume-bytes-limit = "8KiB"
                        %s
                        writable-volumes = { "/data" = "data" }
                        %s
                        scratch-limit = "8KiB"
                        %s
                        scratch-limit = "4KiB"
                        """
                                .formatted(
                                        ok,
                                        tenant,
                                        site("/loop", LOOP),
                                        site("/busy", LOOP),
                                        site("/print", PRINT),
                                        ok,
                                        site("/hungry", HUNGRY),
                                        site("/append", APPEND),
                                        site("/scratch", APPEND),
                                        site("/little", APPEND)),
                        TestServer.printing(
                                        folder, "/others", "Content-Type: text/plain\n\nnobody's\n")
                                .replace("\"/others\"", "\"/ok\""));
    }

    private static String site(String path, String text) throws Exception {
        return TestServer.guest(folder, path, text)
                .replace("[[module]]\nroute", "[[site.route]]\npath");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noGuestIsOverdue() throws Exception {
        clients.close();
        assertThat(server.admin("/metrics")).contains("jetway_overdue_guests 0.0");
    }

    /** The complete answer of a host as received. */
    private static String get(String host, String path) throws Exception {
        return server.raw(
                "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private CompletableFuture<String> later(String host, String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return get(host, path);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                clients);
    }

    @Test
    void eachHostHasTheRoutesOfItsSite() throws Exception {
        assertThat(get("good.test", "/ok")).endsWith("neighbour\n");
        assertThat(get("GOOD.test:80", "/ok")).endsWith("neighbour\n");
        assertThat(get("bad.test", "/ok")).startsWith("HTTP/1.1 404 ");
        assertThat(get("x.bad.test", "/")).endsWith("tenant\n");
        assertThat(get("other.test", "/ok")).endsWith("nobody's\n");
        HttpResponse<String> byAddress = server.get("/ok");
        assertThat(byAddress.body()).isEqualTo("nobody's\n");
    }

    @Test
    void aGuestOverItsCpuTimeIsAnError() throws Exception {
        assertThat(get("bad.test", "/busy")).startsWith("HTTP/1.1 504 ");
        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"bad\",limit=\"cpu-time\",}")
                .contains("jetway_guest_cpu_seconds_total{site=\"bad\",route=\"/busy\",} 0.2");
    }

    @Test
    void aResponseOverItsLimitIsCut() throws Exception {
        String answer = get("bad.test", "/print");

        assertThat(answer).doesNotEndWith("\r\n0\r\n\r\n");
        assertThat(answer.length()).isLessThan(80 * 1024);
        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"bad\",limit=\"response-body\",}");
    }

    @Test
    void moreRequestsThanTheRateOfASiteAreRefused() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get("eager.test", "/ok")).endsWith("neighbour\n");
        }

        String refused = get("eager.test", "/ok");
        assertThat(refused).startsWith("HTTP/1.1 429 ");
        assertThat(refused).containsPattern("Retry-After: 3[56][0-9][0-9]\r\n");
        assertThat(get("good.test", "/ok")).endsWith("neighbour\n");
        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"eager\",limit=\"site-rate\",}");
    }

    @Test
    void guestsOfASiteShareItsMemory() throws Exception {
        CompletableFuture<String> first = later("hungry.test", "/hungry");
        awaitMetric("jetway_guest_memory_bytes 3.3554432E7");
        CompletableFuture<String> second = later("hungry.test", "/hungry");
        awaitMetric("jetway_guest_memory_bytes 5.0331648E7");
        String third = get("hungry.test", "/hungry");

        assertThat(third).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n");
        assertThat(first.get()).endsWith("ye");
        assertThat(second.get()).endsWith("no");
        awaitMetric("jetway_guest_memory_bytes 0.0");
        assertThat(get("hungry.test", "/hungry")).endsWith("ye");
        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"hungry\",limit=\"site-memory\",} 2.0");
    }

    @Test
    void volumesOfASiteAreBoundedByItsQuota() throws Exception {
        assertThat(get("keeper.test", "/append")).endsWith("\r\n\r\n00");
        assertThat(get("keeper.test", "/append")).endsWith("\r\n\r\n00");
        assertThat(get("keeper.test", "/append")).endsWith("\r\n\r\n19");

        assertThat(folder.resolve("data/file")).hasSize(8192);
        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"keeper\",limit=\"volume-bytes\",} 1.0");
    }

    @Test
    void aDirectoryInMemoryIsEmptyForEachRequestAndBounded() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get("keeper.test", "/scratch")).endsWith("\r\n\r\n00");
        }
        assertThat(get("keeper.test", "/little")).endsWith("\r\n\r\n51");

        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"keeper\",limit=\"scratch\",} 1.0");
        awaitMetric("jetway_guest_memory_bytes 0.0");
    }

    private static void awaitMetric(String line) throws Exception {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> server.admin("/metrics").contains(line + "\n"));
    }

    @Test
    void aSiteThatLoopsAndFloodsDelaysNoOtherSite() throws Exception {
        var loops = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < 6; i++) {
            loops.add(later("bad.test", "/loop"));
        }
        // There are four slots: the first guests have left theirs.
        awaitMetric("jetway_long_running_guests 6.0");
        for (int i = 0; i < 8; i++) {
            loops.add(later("bad.test", "/loop"));
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        int answers = 0;
        while (System.nanoTime() < deadline) {
            assertThat(get("good.test", "/ok")).endsWith("neighbour\n");
            answers++;
        }

        assertThat(answers).isGreaterThan(20);
        int refused = 0;
        for (CompletableFuture<String> loop : loops) {
            String answer = loop.get(60, TimeUnit.SECONDS);
            assertThat(answer).containsPattern("^HTTP/1.1 50[34] ");
            refused += answer.startsWith("HTTP/1.1 503 ") ? 1 : 0;
        }
        // Six run and four wait; the four are admitted when the six have ended.
        assertThat(refused).isEqualTo(4);
        assertThat(get("bad.test", "/")).endsWith("tenant\n");
        assertThat(server.admin("/metrics"))
                .contains("jetway_limit_hits_total{site=\"bad\",limit=\"site-waiting\",} 4.0")
                .contains("jetway_limit_hits_total{site=\"bad\",limit=\"time\",} 10.0");
    }
}
