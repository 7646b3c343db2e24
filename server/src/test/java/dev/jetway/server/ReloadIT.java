package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ReloadIT {
    private static final int RELOADS = 200;

    @TempDir private Path folder;

    private String printing(String route, String text) throws Exception {
        return TestServer.printing(folder, route, "Content-Type: text/plain\n\n" + text);
    }

    private void configure(String modules) throws Exception {
        Files.writeString(folder.resolve("modules.toml"), modules);
    }

    @Test
    void routesComeChangeAndGo() throws Exception {
        String one = printing("/one", "one");
        String two = printing("/two", "two");
        try (var server = TestServer.start(folder, one)) {
            assertThat(server.get("/two").statusCode()).isEqualTo(404);

            configure(one + two);
            ReloadReport added = server.reload(folder);
            assertThat(added.added()).isEqualTo(1);
            assertThat(added.removed()).isZero();
            assertThat(server.get("/two").body()).isEqualTo("two");

            configure(two.replace("/two\"\nm", "/other\"\nm"));
            ReloadReport changed = server.reload(folder);
            assertThat(changed.added()).isEqualTo(1);
            assertThat(changed.removed()).isEqualTo(2);
            assertThat(server.get("/other").body()).isEqualTo("two");
            assertThat(server.get("/one").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theSameConfiguration_changesNothing() throws Exception {
        String routes = printing("/one", "one") + printing("/two", "two");
        try (var server = TestServer.start(folder, routes)) {
            configure("# only a comment, which moves all lines\n" + routes);

            ReloadReport report = server.reload(folder);

            assertThat(report.isChange()).isFalse();
            assertThat(report.routes()).isEqualTo(2);
        }
    }

    @Test
    void keysThatNeedARestart_areNamed() throws Exception {
        String one = printing("/one", "one");
        try (var server = TestServer.start(folder, "guest-slots = 7\n", one)) {
            Path file = folder.resolve("jetway.toml");
            Files.writeString(file, Files.readString(file).replace("= 7", "= 8"));

            assertThat(server.reload(folder).restart()).containsExactly("guest-slots");
        }
    }

    @Test
    void requestsInFlight_finishOnTheirConfiguration() throws Exception {
        String slow =
                TestServer.guest(
                        folder,
                        "/slow",
                        """
                        (module
                          (import "wasi_snapshot_preview1" "fd_write"
                            (func $fd_write (param i32 i32 i32 i32) (result i32)))
                          (import "wasi_snapshot_preview1" "poll_oneoff"
                            (func $poll (param i32 i32 i32 i32) (result i32)))
                          (memory (export "memory") 1)
                          (data (i32.const 256) "Content-Type: text/plain\\n\\nslow")
                          (func (export "_start")
                            (i64.store (i32.const 128) (i64.const 0))
                            (i32.store (i32.const 144) (i32.const 1))
                            (i64.store (i32.const 152) (i64.const 600000000))
                            (drop (call $poll
                              (i32.const 128) (i32.const 64) (i32.const 1) (i32.const 8)))
                            (i32.store (i32.const 0) (i32.const 256))
                            (i32.store (i32.const 4) (i32.const 30))
                            (drop (call $fd_write
                              (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
                        """);
        try (var server = TestServer.start(folder, slow)) {
            CompletableFuture<HttpResponse<String>> inFlight =
                    CompletableFuture.supplyAsync(() -> get(server, "/slow"));
            while (!server.admin("/metrics").contains("jetway_running_guests 1.0")) {
                Thread.onSpinWait();
            }

            configure(printing("/other", "other"));
            server.reload(folder);

            assertThat(server.get("/slow").statusCode()).isEqualTo(404);
            assertThat(inFlight.get().statusCode()).isEqualTo(200);
            assertThat(inFlight.get().body()).isEqualTo("slow");
        }
    }

    private static HttpResponse<String> get(TestServer server, String target) {
        try {
            return server.get(target);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reloadsUnderLoad_loseNoRequest() throws Exception {
        String fixed = printing("/fixed", "fixed");
        String even = fixed + printing("/changes", "even");
        String odd =
                fixed + printing("/changing", "odd").replace("/changing\"\nm", "/changes\"\nm");
        try (var server = TestServer.start(folder, even)) {
            var done = new AtomicBoolean();
            var served = new AtomicInteger();
            var begun = new CountDownLatch(2);
            Runnable client =
                    () -> {
                        while (!done.get()) {
                            assertThat(get(server, "/fixed").body()).isEqualTo("fixed");
                            assertThat(get(server, "/changes").body()).isIn("even", "odd");
                            served.incrementAndGet();
                            begun.countDown();
                        }
                    };
            var one = CompletableFuture.runAsync(client);
            var two = CompletableFuture.runAsync(client);
            begun.await();
            try {
                for (int i = 1; i <= RELOADS; i++) {
                    configure(i % 2 == 0 ? even : odd);
                    assertThat(server.reload(folder).added()).isEqualTo(1);
                }
            } finally {
                done.set(true);
            }
            one.get();
            two.get();
            assertThat(served.get()).isPositive();
            assertThat(server.served().routes()).hasSize(2);
        }
    }

    @Test
    void aChangedFile_isServedSoon_withoutAReload() throws Exception {
        String one = printing("/one", "one");
        try (var server = TestServer.start(folder, one)) {
            configure(one + printing("/two", "two"));

            await().until(() -> server.get("/two").statusCode() == 200);
        }
    }

    @Test
    void aBrokenFile_keepsTheOldConfiguration_untilItIsMended() throws Exception {
        String one = printing("/one", "one");
        try (var server = TestServer.start(folder, one)) {
            assertThat(server.admin("/metrics")).contains("jetway_configuration_current 1.0");

            configure(one + "[[module]]\nroute = \"/two\"\n");
            HttpResponse<String> refused = server.postAdmin("/reload");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("modules.toml:4: error").contains("'module'");
            assertThat(server.get("/one").body()).isEqualTo("one");
            assertThat(server.admin("/metrics")).contains("jetway_configuration_current 0.0");

            configure(one + printing("/two", "two"));
            HttpResponse<String> done = server.postAdmin("/reload");
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(done.body()).isEqualTo("2 routes, 1 programs new, 0 gone\n");
            assertThat(server.admin("/metrics")).contains("jetway_configuration_current 1.0");
        }
    }

    @Test
    void aModuleThatIsReplaced_runsSoon_andGarbageInItsPlaceNever() throws Exception {
        String one = printing("/one", "before");
        Path module = folder.resolve("one.wat");
        try (var server = TestServer.start(folder, one)) {
            assertThat(server.get("/one").body()).isEqualTo("before");

            Files.writeString(module, "garbage, that is no module");
            assertThat(server.get("/one").body()).isEqualTo("before");
            // Longer than two checks: the module has been tried and refused.
            await().during(Reloader.PACE.least().multipliedBy(3))
                    .atMost(Reloader.PACE.least().multipliedBy(8))
                    .until(() -> server.get("/one").body().equals("before"));

            printing("/one", "after");
            await().until(() -> server.get("/one").body().equals("after"));
        }
    }

    @Test
    void aReload_isRefusedToPagesOfBrowsers() throws Exception {
        try (var server = TestServer.start(folder, printing("/one", "one"))) {
            assertThat(server.admin("/reload")).contains("POST with the field");
        }
    }

    @Test
    void aLimitThatHasChanged_holdsForTheNextRequest() throws Exception {
        String route = printing("/one", "one");
        try (var server = TestServer.start(folder, route)) {
            configure(route + "rate-limit = \"1/h\"\n");
            server.reload(folder);

            assertThat(server.get("/one").statusCode()).isEqualTo(200);
            assertThat(server.get("/one").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void aRemovedSite_leavesNoMetrics() throws Exception {
        String site =
                """
                [[site]]
                name = "%s"
                hosts = ["%s.test"]
                [[site.route]]
                path = "/one"
                module = "%s"
                """;
        printing("/one", "one");
        String module = folder.resolve("one.wat").toString();
        String here = site.formatted("here", "here", module);
        try (var server = TestServer.sites(folder, here + site.formatted("gone", "gone", module))) {
            assertThat(
                            server.raw(
                                    "GET /one HTTP/1.1\r\nHost: gone.test\r\nConnection: close\r\n\r\n"))
                    .contains("200");
            assertThat(server.admin("/metrics")).contains("site=\"gone\"");

            Files.writeString(
                    folder.resolve("jetway.toml"),
                    Files.readString(folder.resolve("jetway.toml"))
                            .replace(site.formatted("gone", "gone", module), ""));
            server.reload(folder);

            assertThat(server.admin("/metrics")).doesNotContain("site=\"gone\"");
            assertThat(
                            server.raw(
                                    "GET /one HTTP/1.1\r\nHost: gone.test\r\nConnection: close\r\n\r\n"))
                    .contains("404");
        }
    }
}
