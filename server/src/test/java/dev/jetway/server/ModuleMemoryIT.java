package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.ModuleCacheStatistics;
import dev.jetway.module.source.FileReference;
import dev.jetway.server.program.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More modules than fit in memory, of routes that are all in use. */
@Timeout(120)
final class ModuleMemoryIT {
    private static final int MODULES = 12;

    /** The number of modules that fit. */
    private static final int ROOM = 4;

    @TempDir private Path folder;

    private String routes() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < MODULES; i++) {
            text.append(
                    TestServer.printing(
                            folder, "/m" + i, "Content-Type: text/plain\n\nmodule " + i));
        }
        return text.toString();
    }

    private static ModuleCacheSettings settings(ByteSize memory) {
        return ModuleCacheSettings.in(
                        Optional.of(Path.of("target", "test-modules").toAbsolutePath()), 2)
                .within(memory, ByteSize.ofMebibytes(64));
    }

    /** Compiles all, and returns the memory of some of them. */
    private ByteSize room() throws Exception {
        long most = 0;
        try (var before = new ModuleCache(settings(ByteSize.ofMebibytes(64)))) {
            for (int i = 0; i < MODULES; i++) {
                Path module = folder.resolve("m" + i + ".wat");
                most = Math.max(most, before.load(new FileReference(module)).module().cost());
            }
        }
        return ByteSize.ofKibibytes(ROOM * (most / 1024 + 1));
    }

    private TestServer start(String modules, ModuleCache cache) throws Exception {
        Files.writeString(folder.resolve("modules.toml"), modules);
        return TestServer.start(folder, "preload = \"none\"\n", cache);
    }

    private static long loaded(TestServer server) {
        return server.served().routes().stream()
                .filter(r -> r.state() instanceof LoadState.Loaded)
                .count();
    }

    private static String body(TestServer server, int module) throws Exception {
        var response = server.get("/m" + module);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @Test
    void modulesInTurn_areServedFromDiskWithinTheBound() throws Exception {
        String routes = routes();
        ByteSize room = room();
        try (var modules = new ModuleCache(settings(room));
                var server = start(routes, modules)) {
            for (int request = 0; request < 5 * MODULES; request++) {
                int module = request % MODULES;
                assertThat(body(server, module)).isEqualTo("module " + module);
                assertThat(modules.statistics().cost()).isLessThanOrEqualTo(room);
                assertThat(loaded(server)).isLessThanOrEqualTo(ROOM);
            }

            ModuleCacheStatistics did = modules.statistics();
            assertThat(did.compilations()).isZero();
            assertThat(did.diskLoads()).isGreaterThanOrEqualTo(MODULES);
            assertThat(did.evictions()).isGreaterThan(MODULES);
            assertThat(server.admin("/metrics")).contains("jetway_module_compilations_total 0.0");
        }
    }

    @Test
    void modulesAtOnce_areAllServed() throws Exception {
        String routes = routes();
        ByteSize room = room();
        try (var modules = new ModuleCache(settings(room));
                var server = start(routes, modules);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<List<String>>>();
            for (int client = 0; client < 8; client++) {
                int first = client;
                answers.add(
                        clients.submit(() -> {
                            var bodies = new ArrayList<String>();
                            for (int i = 0; i < 3 * MODULES; i++) {
                                bodies.add(body(server, (first + i) % MODULES));
                            }
                            return bodies;
                        }));
            }
            for (int client = 0; client < answers.size(); client++) {
                List<String> bodies = answers.get(client).get();
                for (int i = 0; i < bodies.size(); i++) {
                    assertThat(bodies.get(i)).isEqualTo("module " + (client + i) % MODULES);
                }
            }
            assertThat(loaded(server)).isLessThanOrEqualTo(ROOM);
            assertThat(modules.statistics().compilations()).isZero();
        }
    }

    @Test
    void roomForAll_eachModuleIsLoadedOnce() throws Exception {
        String routes = routes();
        room();
        try (var modules = new ModuleCache(settings(ByteSize.ofMebibytes(64)));
                var server = start(routes, modules)) {
            for (int request = 0; request < 3 * MODULES; request++) {
                int module = request % MODULES;
                assertThat(body(server, module)).isEqualTo("module " + module);
            }
            assertThat(loaded(server)).isEqualTo(MODULES);
            assertThat(modules.statistics().diskLoads()).isEqualTo(MODULES);
            assertThat(modules.statistics().evictions()).isZero();
        }
    }

    @Test
    void roomForNone_moduleIsServedFromDiskEachTime() throws Exception {
        String routes = routes();
        room();
        try (var modules = new ModuleCache(settings(new ByteSize(0)));
                var server = start(routes, modules)) {
            for (int i = 0; i < 3; i++) {
                assertThat(body(server, 1)).isEqualTo("module 1");
            }
            assertThat(loaded(server)).isZero();
            assertThat(modules.statistics().compilations()).isZero();
        }
    }

    @Test
    void moduleThatFailedForLackOfMemory_isServedWhenThereIsSome() throws Exception {
        String routes =
                "[[module]]\nroute = '/m0'\nmodule = '"
                        + TestServer.examples().resolve("hello.wasm")
                        + "'\n";
        var scarce = new AtomicBoolean(true);
        try (var modules =
                        new ModuleCache(
                                ModuleCacheSettings.in(Optional.empty(), 1),
                                work -> {
                                    if (scarce.get()) {
                                        throw new OutOfMemoryError("for the test");
                                    }
                                    return new Thread(work);
                                });
                var server = start(routes, modules)) {
            var refused = server.get("/m0");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).doesNotContain("memory", "for the test");
            assertThat(server.admin("/metrics")).contains("limit=\"module-retry\",} 1.0");

            scarce.set(false);
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> server.get("/m0").statusCode() != 503);
            assertThat(body(server, 0)).isEqualTo("Hello world\n");
            assertThat(modules.statistics().failures()).isEqualTo(1);
        }
    }
}
