package dev.jetway.server.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.gateway.ProgramSource;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.ModuleLoad;
import dev.jetway.route.Route;
import dev.jetway.sandbox.GuestSetup;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import dev.jetway.server.TestRoutes;
import dev.jetway.server.TestServer;
import dev.jetway.server.TestTenants;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.program.LoadState.Broken;
import dev.jetway.server.program.LoadState.Evicted;
import dev.jetway.server.program.LoadState.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loads, evictions and retries of a route's program, with a fake clock. */
@Timeout(60)
final class ProgramSlotTest {
    @TempDir private Path folder;
    private final TestTenants tenants = new TestTenants();
    private final LoadQueue queue = new LoadQueue(10, Duration.ofSeconds(30));
    private final Loads loads = new Loads();
    private ModuleCache modules;
    private ProgramSlot program;

    /** Loads real modules, or fails when told to. */
    private final class Loads implements ProgramSlot.Loading {
        private final List<Program> forgotten = new ArrayList<>();
        private Optional<LoadException> failure = Optional.empty();
        private CountDownLatch turn = new CountDownLatch(0);
        private int count;
        private long now = Long.MAX_VALUE;

        @Override
        public Loaded load(boolean first) throws LoadException {
            count++;
            waitFor(turn);
            if (failure.isPresent()) {
                throw failure.get();
            }
            try {
                ModuleLoad load = modules.load(program.configured().action().module());
                var ready =
                        Program.prepare(
                                load.module(),
                                new GuestSetup(
                                        "_start",
                                        program.configured().action().limits(),
                                        List.of(),
                                        HostModules.of(new WasiModule())),
                                Resources.unlimited());
                return new Loaded(
                        new ProgramSource.Ready(program.configured().action(), ready),
                        load,
                        List.of(),
                        program.configured().action().module().version());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private static void waitFor(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void release(Program program) {
            forgotten.add(program);
        }

        @Override
        public long now() {
            return now;
        }
    }

    @BeforeEach
    void open() throws Exception {
        modules = cache(ByteSize.ofMebibytes(64));
        Route route = route();
        program =
                new ProgramSlot(
                        TestRoutes.module(route), tenants.of(route), loads, queue, () -> {});
    }

    private ModuleCache cache(ByteSize memory) {
        return new ModuleCache(
                ModuleCacheSettings.in(Optional.of(folder.resolve("cache")), 1)
                        .within(memory, ByteSize.ofMebibytes(64)));
    }

    private Route route() throws Exception {
        Files.copy(TestServer.examples().resolve("hello.wasm"), folder.resolve("hello.wasm"));
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = '/hello'\nmodule = '" + folder.resolve("hello.wasm") + "'\n");
        return new ConfigurationReader(folder, 2).read(folder).routes().getFirst();
    }

    @AfterEach
    void close() {
        queue.close();
        tenants.close();
        modules.close();
    }

    /** The answer to a request: the program, or the failure. */
    private Object ask() throws Exception {
        var answer = new CompletableFuture<Object>();
        program.ask(answer::complete, answer::complete);
        return answer.get(30, TimeUnit.SECONDS);
    }

    private void askWell() throws Exception {
        assertThat(ask()).isInstanceOf(ProgramSource.Ready.class);
    }

    @Test
    void aProgramIsLoadedOnceHoweverOftenItIsAskedFor() throws Exception {
        for (int i = 0; i < 3; i++) {
            askWell();
        }
        assertThat(loads.count).isEqualTo(1);
    }

    @Test
    void aProgramWithARequestInEachRoundStays() throws Exception {
        for (int i = 0; i < 5; i++) {
            askWell();
            program.evictIfUnused();
        }
        assertThat(program.state()).isInstanceOf(Loaded.class);
        assertThat(loads.count).isEqualTo(1);
    }

    @Test
    void anIdleProgramIsEvictedAndLoadedByTheNextRequest() throws Exception {
        askWell();
        program.evictIfUnused();
        assertThat(program.state()).isInstanceOf(Loaded.class);

        program.evictIfUnused();

        assertThat(program.state()).isEqualTo(new Evicted());
        assertThat(loads.forgotten).hasSize(1);
        askWell();
        assertThat(loads.count).isEqualTo(2);
        assertThat(modules.statistics().memoryHits()).isEqualTo(1);
    }

    @Test
    void aProgramIsEvictedWithItsModule() throws Exception {
        askWell();

        modules.close();

        assertThat(program.state()).isEqualTo(new Evicted());
        assertThat(loads.forgotten).hasSize(1);
    }

    @Test
    void aModuleThatWasEvictedDuringItsLoadIsRunOnce() throws Exception {
        modules = cache(new ByteSize(0));

        askWell();
        assertThat(program.state()).isEqualTo(new Evicted());
        askWell();

        assertThat(loads.count).isEqualTo(2);
        assertThat(modules.statistics().compilations()).isLessThanOrEqualTo(1);
    }

    @Test
    void permanentFailure_isRetriedAfterTheFileHasChanged() throws Exception {
        loads.failure = Optional.of(LoadException.permanent("bad"));
        assertThat(ask()).isEqualTo(new Failure.ModuleUnavailable("bad"));
        loads.failure = Optional.empty();
        loads.now += Duration.ofDays(1).toNanos();
        assertThat(ask()).isEqualTo(new Failure.ModuleUnavailable("bad"));
        assertThat(loads.count).isEqualTo(1);

        byte[] other = Files.readAllBytes(TestServer.examples().resolve("env.wasm"));
        Files.write(folder.resolve("hello.wasm"), other);
        askWell();
    }

    @Test
    void temporaryFailure_ofAnotherMachine_holdsNoFurtherRequest() throws Exception {
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = '/a'\nmodule = 'oci:registry.invalid/a:1'\n");
        Route route = new ConfigurationReader(folder, 2).read(folder).routes().getFirst();
        program =
                new ProgramSlot(
                        TestRoutes.module(route), tenants.of(route), loads, queue, () -> {});
        loads.failure = Optional.of(LoadException.temporary("away"));
        assertThat(ask()).isInstanceOf(Failure.Overloaded.class);
        loads.now += RetryPause.SHORTEST.toNanos();
        loads.turn = new CountDownLatch(1);

        assertThat(ask()).isInstanceOf(Failure.Overloaded.class);
        assertThat(queue.waiting()).isZero();
        loads.turn.countDown();
        await().untilAsserted(() -> assertThat(loads.count).isEqualTo(2));
    }

    @Test
    void temporaryFailure_isRetriedAfterAPauseThatDoubles() throws Exception {
        loads.failure = Optional.of(LoadException.temporary("no memory"));
        for (int tries = 1; tries <= 12; tries++) {
            Duration pause = Duration.ofSeconds(Math.min(1L << (tries - 1), 300));
            assertThat(ask()).isEqualTo(later(pause));
            assertThat(loads.count).isEqualTo(tries);

            loads.now += pause.toNanos() - 1;
            assertThat(ask()).isEqualTo(later(Duration.ofNanos(1)));
            assertThat(loads.count).as("just before the end of the pause").isEqualTo(tries);
            loads.now++;
        }
        loads.failure = Optional.empty();
        askWell();
        assertThat(program.state()).isInstanceOf(Loaded.class);
    }

    @Test
    void temporaryFailure_afterASuccess_hasTheShortestPause() throws Exception {
        loads.failure = Optional.of(LoadException.temporary("no memory"));
        for (int i = 0; i < 4; i++) {
            ask();
            loads.now += Duration.ofMinutes(5).toNanos();
        }
        loads.failure = Optional.empty();
        askWell();
        program.evict();
        loads.failure = Optional.of(LoadException.temporary("no memory"));

        assertThat(ask()).isEqualTo(later(RetryPause.SHORTEST));
        assertThat(program.state()).isInstanceOf(Broken.class);
    }

    private static Failure later(Duration time) {
        return new Failure.Overloaded(Limit.MODULE_RETRY, "no memory", time);
    }
}
