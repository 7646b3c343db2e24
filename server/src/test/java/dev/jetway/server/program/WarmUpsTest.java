package dev.jetway.server.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.admission.Admission;
import dev.jetway.admission.Slot;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.base.ByteSize;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Failure;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.GatewaySettings;
import dev.jetway.gateway.ServedModule;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.SiteTable;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.server.TestRoutes;
import dev.jetway.server.TestTenants;
import dev.jetway.server.config.ConfigurationReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waits for warm-up requests whose module is never loaded. */
@Timeout(60)
final class WarmUpsTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir private Path folder;
    private final CountDownLatch modulesMayLoad = new CountDownLatch(1);
    private final CountDownLatch bothBegun = new CountDownLatch(2);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private List<WarmUps.Route> requests = List.of();
    private final TestTenants tenants = new TestTenants();
    private final LoadQueue queue = new LoadQueue(1, LONG);
    private final Sandbox sandbox = new Sandbox(HostModules.of(), () -> false);
    private final PasswordVerifier passwords =
            new PasswordVerifier(1, InstantSource.system(), new SecureRandom());

    @AfterEach
    void close() {
        modulesMayLoad.countDown();
        queue.close();
        tenants.close();
        passwords.close();
        sandbox.close();
    }

    /** A route whose load waits for the test, and then fails. */
    private WarmUps.Route waiting(Route route) {
        var loading =
                new ProgramSlot.Loading() {
                    @Override
                    public LoadState.Loaded load(boolean first) throws LoadException {
                        begun.add(route.pattern().text());
                        bothBegun.countDown();
                        try {
                            modulesMayLoad.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw LoadException.permanent("for the test");
                    }

                    @Override
                    public void release(Program program) {
                        throw new AssertionError("nothing was loaded");
                    }

                    @Override
                    public long now() {
                        return System.nanoTime();
                    }
                };
        ModuleRoute configured = TestRoutes.module(route);
        var program = new ProgramSlot(configured, tenants.of(route), loading, queue, () -> {});
        return new WarmUps.Route(
                new ServedModule(
                        configured, new NoSlots(), program, _ -> OutputStream.nullOutputStream()),
                program,
                "/first");
    }

    private static final class NoSlots implements Admission {
        @Override
        public Optional<Failure> enter() {
            return Optional.empty();
        }

        @Override
        public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
            throw new AssertionError("nothing was loaded");
        }
    }

    private WarmUps warmUps(WarmUps.Waits waits) throws Exception {
        Files.writeString(
                folder.resolve("modules.toml"),
                """
                [[module]]
                route = "/first"
                module = "a.wasm"
                [[module]]
                route = "/second"
                module = "b.wasm"
                """);
        List<Route> routes = new ConfigurationReader(folder, 2).read(folder).routes();
        var gateway =
                new Gateway(
                        new GatewaySettings(
                                new ServerIdentity("test", Optional.empty()),
                                new ByteSize(0),
                                new ByteSize(256)),
                        () -> new SiteTable<>(List.of(), ErrorPages.NONE),
                        passwords,
                        sandbox,
                        run -> {});
        requests = routes.stream().map(this::waiting).toList();
        return new WarmUps(gateway, waits);
    }

    @Test
    void await_moduleThatNeverLoads_isBounded() throws Exception {
        try (var warmUps = warmUps(new WarmUps.Waits(SHORT, LONG))) {
            warmUps.await(warmUps.begin(requests));
        }
        assertThat(begun).doesNotContain("/second");
    }

    @Test
    void nextRequest_moduleThatNeverLoads_isNotDelayedForLong() throws Exception {
        try (var warmUps = warmUps(new WarmUps.Waits(LONG, SHORT))) {
            var _ = warmUps.begin(requests);
            bothBegun.await();
        }
        assertThat(begun).containsExactly("/first", "/second");
    }

    @Test
    void await_moduleThatLoadsInTime_isComplete() throws Exception {
        try (var warmUps = warmUps(new WarmUps.Waits(LONG, LONG))) {
            modulesMayLoad.countDown();
            warmUps.await(warmUps.begin(requests));
            assertThat(begun).containsExactly("/first", "/second");
        }
    }
}
