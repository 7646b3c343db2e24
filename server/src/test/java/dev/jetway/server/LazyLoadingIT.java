package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.server.program.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Modules that are loaded on demand. */
@Timeout(120)
final class LazyLoadingIT {
    private static final String TWO_SITES =
            """
            [[site]]
            name = "alice"
            hosts = ["alice.example"]
            waiting-limit = 2
            [[site.route]]
            path = "/hello"
            module = "alice.wasm"
            [[site]]
            name = "bob"
            hosts = ["bob.example"]
            [[site.route]]
            path = "/hello"
            module = "bob.wasm"
            """;

    @TempDir private Path folder;
    private final CountDownLatch compilersMayRun = new CountDownLatch(1);
    private ModuleCache modules;

    /** Bob's module is compiled in advance; the compilers of this server wait for a signal. */
    @BeforeEach
    void open() throws Exception {
        Files.copy(TestServer.examples().resolve("hello.wasm"), folder.resolve("alice.wasm"));
        Files.copy(TestServer.examples().resolve("env.wasm"), folder.resolve("bob.wasm"));
        ModuleCacheSettings settings = ModuleCacheSettings.in(Optional.of(folder.resolve("c")), 2);
        try (var before = new ModuleCache(settings)) {
            before.load(new FileReference(folder.resolve("bob.wasm")));
        }
        modules = new ModuleCache(settings, work -> new Thread(() -> compile(work)));
    }

    private void compile(Runnable work) {
        try {
            compilersMayRun.await();
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        compilersMayRun.countDown();
        modules.close();
    }

    private TestServer start(String settings) throws Exception {
        return TestServer.start(folder, settings + TWO_SITES, modules);
    }

    private static String get(TestServer server, String site) throws IOException {
        return server.raw(
                "GET /hello HTTP/1.1\r\nHost: " + site + ".example\r\nConnection: close\r\n\r\n");
    }

    private static LoadState state(TestServer server, int route) {
        return server.served().routes().get(route).state();
    }

    @Test
    void preloadNone_moduleIsLoadedByItsFirstRequest() throws Exception {
        try (var server = start("preload = \"none\"\n")) {
            assertThat(state(server, 1)).isEqualTo(new LoadState.NotYet());
            assertThat(modules.statistics().modules()).isZero();

            assertThat(get(server, "bob")).startsWith("HTTP/1.1 200 ");

            assertThat(state(server, 1)).isInstanceOf(LoadState.Loaded.class);
            assertThat(state(server, 0)).isEqualTo(new LoadState.NotYet());
        }
    }

    @Test
    void preloadUsed_compiledModulesAreLoadedInTheBackground() throws Exception {
        try (var server = start("preload = \"used\"\n")) {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> modules.statistics().diskLoads() == 1);

            assertThat(get(server, "bob")).startsWith("HTTP/1.1 200 ");
            assertThat(modules.statistics().memoryHits()).isEqualTo(1);
            assertThat(modules.statistics().compilations()).isZero();
        }
    }

    @Test
    void preloadAll_everyModuleIsLoadedAtTheStart() throws Exception {
        compilersMayRun.countDown();
        try (var server = start("preload = \"all\"\n")) {
            assertThat(server.served().routes())
                    .hasSize(2)
                    .allMatch(r -> r.state() instanceof LoadState.Loaded);
        }
    }

    @Test
    void aRouteOfWagisDialectIsLoadedAtTheStartSinceItMayDeclareRoutes() throws Exception {
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = '/wagi'\nmodule = '" + folder.resolve("bob.wasm") + "'\n");
        try (var server = start("preload = \"none\"\n")) {
            assertThat(server.served().routes())
                    .filteredOn(r -> r.state() instanceof LoadState.Loaded)
                    .extracting(r -> r.configured().route().pattern().text())
                    .containsExactly("/wagi");
        }
    }

    @Test
    void aModuleThatIsCompiledForLongIsAnswered503WhileAnotherSiteIsServed() throws Exception {
        try (var server = start("preload = \"none\"\ncompile-wait = \"200ms\"\n")) {
            String late = get(server, "alice");

            assertThat(late)
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\r\nRetry-After: 1\r\n")
                    .contains("busy")
                    .doesNotContain(folder.toString(), "alice.wasm");
            assertThat(get(server, "bob")).startsWith("HTTP/1.1 200 ");
            assertThat(server.admin("/metrics"))
                    .contains("jetway_limit_hits_total{site=\"alice\",limit=\"compile-wait\",} 1.0")
                    .contains("jetway_loading_requests 0.0");

            compilersMayRun.countDown();
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> state(server, 0) instanceof LoadState.Loaded);
            assertThat(get(server, "alice")).endsWith("Hello world\n");
        }
    }

    @Test
    void requestsForAModuleThatIsCompiledWaitForOneCompilation() throws Exception {
        try (var server = start("preload = \"none\"\ncompile-wait = \"60s\"\n");
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> get = () -> get(server, "alice");
            var answers = new ArrayList<Future<String>>(List.of(clients.submit(get)));
            answers.add(clients.submit(get));
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> server.served().loadingRequests() == 2);

            // The site allows two waiting requests.
            assertThat(get(server, "alice"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\r\nRetry-After: 60\r\n");
            assertThat(get(server, "bob")).startsWith("HTTP/1.1 200 ");
            compilersMayRun.countDown();

            for (Future<String> answer : answers) {
                assertThat(answer.get()).endsWith("Hello world\n");
            }
            assertThat(modules.statistics().compilations()).isEqualTo(1);
        }
    }

    @Test
    void requestsOfAllSitesWaitUpToTheSizeOfTheQueue() throws Exception {
        String settings = "preload = \"none\"\ncompile-wait = \"60s\"\nguest-queue = 1\n";
        try (var server = start(settings);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = clients.submit(() -> get(server, "alice"));
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> server.served().loadingRequests() == 1);

            assertThat(get(server, "alice")).startsWith("HTTP/1.1 503 ");
            assertThat(server.admin("/metrics"))
                    .contains("jetway_limit_hits_total{site=\"alice\",limit=\"guest-queue\",} 1.0");

            compilersMayRun.countDown();
            assertThat(first.get()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBadModuleBreaksItsRouteUntilItsFileChanges() throws Exception {
        byte[] good = Files.readAllBytes(folder.resolve("alice.wasm"));
        Files.writeString(folder.resolve("alice.wasm"), "no module");
        compilersMayRun.countDown();
        try (var server = start("preload = \"none\"\n")) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(server, "alice"))
                        .startsWith("HTTP/1.1 503 ")
                        .doesNotContain(folder.toString(), "alice.wasm", "neither binary");
            }
            assertThat(modules.statistics().failures()).isEqualTo(1);
            assertThat(state(server, 0))
                    .isInstanceOfSatisfying(
                            LoadState.Broken.class,
                            b ->
                                    assertThat(b.reason())
                                            .isEqualTo(
                                                    "is not a WebAssembly module: neither binary"
                                                            + " nor text"));

            Files.write(folder.resolve("alice.wasm"), good);
            assertThat(get(server, "alice")).endsWith("Hello world\n");
        }
    }

    @Test
    void aMissingModuleIsServedAfterItHasBeenCreated() throws Exception {
        Path module = folder.resolve("alice.wasm");
        Path away = Files.move(module, folder.resolve("away.wasm"));
        compilersMayRun.countDown();
        try (var server = start("preload = \"none\"\n")) {
            assertThat(get(server, "alice")).startsWith("HTTP/1.1 503 ");
            Files.move(away, module);
            assertThat(get(server, "alice")).endsWith("Hello world\n");
        }
    }

    @Test
    void credentialsAreCheckedBeforeAModuleIsLoaded() throws Exception {
        String text =
                TWO_SITES.replace(
                        "module = \"alice.wasm\"",
                        "module = \"alice.wasm\"\nauth = \"bearer\"\nauth-realm = \"alice\"");
        try (var server = TestServer.start(folder, "preload = \"none\"\n" + text, modules)) {
            assertThat(get(server, "alice")).startsWith("HTTP/1.1 401 ");
            assertThat(state(server, 0)).isEqualTo(new LoadState.NotYet());
        }
    }
}
