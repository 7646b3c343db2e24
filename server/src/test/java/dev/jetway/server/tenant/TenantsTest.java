package dev.jetway.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jetway.admission.Admission;
import dev.jetway.base.ByteSize;
import dev.jetway.failure.Failure;
import dev.jetway.route.Route;
import dev.jetway.route.TenantLimits;
import dev.jetway.sandbox.file.quota.Quota;
import dev.jetway.server.TestTenants;
import dev.jetway.server.config.ConfigurationReader;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TenantsTest {
    @TempDir private Path folder;
    private final TestTenants opened = new TestTenants();
    private final Tenants tenants = opened.all();

    @AfterEach
    void close() {
        opened.close();
    }

    private List<Route> routes(String sites) throws Exception {
        Files.writeString(folder.resolve("a.wasm"), "");
        Files.writeString(folder.resolve("jetway.toml"), sites);
        return new ConfigurationReader(folder, 2).read(folder).routes();
    }

    private static String site(String name, String keys) {
        return """
        [[site]]
        name = "%s"
        hosts = ["%s.test"]
        %s
        [[site.route]]
        path = "/"
        module = "a.wasm"
        writable-volumes = { "/d" = "data" }
        """
                .formatted(name, name, keys);
    }

    @Test
    void aLimitThatChangesAThousandTimes_keepsOneAccountOfEachKind() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        tenants.serve(routes(site("a", "memory-limit = \"1MiB\"\nvolume-bytes-limit = \"1MiB\"")));
        Tenant first = tenants.of(routes(site("a", "")).getFirst().site());
        var account = first.account();
        var memory = first.resources().memory();
        Quota quota = first.resources().volumes().orElseThrow();

        for (int i = 1; i <= 1000; i++) {
            String limits =
                    "memory-limit = \"%dMiB\"\nvolume-bytes-limit = \"%dMiB\"\nrunning-limit = %d"
                            .formatted(i % 16 + 1, i, i);
            tenants.serve(routes(site("a", limits)));
        }

        Tenant last = tenants.of(routes(site("a", "")).getFirst().site());
        assertThat(tenants.names()).containsExactly("a");
        assertThat(last).isSameAs(first);
        assertThat(last.account()).isSameAs(account);
        assertThat(last.resources().memory()).isSameAs(memory);
        assertThat(last.resources().volumes()).containsSame(quota);
    }

    @Test
    void aLimitThatHasChanged_holdsAtOnce() throws Exception {
        tenants.serve(routes(site("a", "memory-limit = \"1MiB\"")));
        Tenant tenant = tenants.of(routes(site("a", "")).getFirst().site());
        assertThat(tenant.resources().memory().reserve(1 << 20)).isEmpty();
        assertThat(tenant.resources().memory().reserve(1)).contains("site-memory");

        tenants.serve(routes(site("a", "memory-limit = \"2MiB\"")));
        assertThat(tenant.resources().memory().reserve(1 << 20)).isEmpty();

        tenants.serve(routes(site("a", "memory-limit = \"1MiB\"")));
        assertThat(tenant.resources().memory().reserve(1)).contains("site-memory");
        assertThat(tenant.resources().memory().used()).isEqualTo(2 << 20);
        tenant.resources().memory().release(2 << 20);
        assertThat(opened.memory().used()).isZero();
    }

    @Test
    void aRemovedSite_leavesNothing() throws Exception {
        List<Route> both = routes(site("a", "") + site("b", ""));
        tenants.serve(both);
        var gone = new WeakReference<>(tenants.of(both.getFirst().site()));
        var account = new WeakReference<>(tenants.of(both.getFirst().site()).account());

        tenants.serve(List.of(both.getLast()));

        assertThat(tenants.names()).containsExactly("b");
        assertThatThrownBy(() -> tenants.of(both.getFirst().site()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("site a");
        await().until(() -> {
            System.gc();
            return gone.get() == null && account.get() == null;
        });
    }

    @Test
    void guestsInFlight_finishOnTheRemovedTenant() throws Exception {
        List<Route> before = routes(site("a", ""));
        tenants.serve(before);
        Tenant tenant = tenants.of(before.getFirst().site());
        Admission route = opened.scheduler().admission(tenant.account(), TenantLimits.ALL);
        var started = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        route.admit(
                slot -> {
                    started.countDown();
                    try {
                        finish.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    slot.complete(ended::countDown);
                },
                failure -> {
                    throw new AssertionError(failure);
                });
        started.await();

        tenants.serve(routes(site("b", "")));
        assertThat(opened.scheduler().running()).isEqualTo(1);
        finish.countDown();
        ended.await();

        await().until(() -> opened.scheduler().running() == 0);
    }

    @Test
    void requestsOfASiteThatWaitForModules_areBounded() throws Exception {
        Tenant tenant = opened.of(routes(site("a", "waiting-limit = 2")).getFirst());

        assertThat(tenant.enterModuleWait()).isTrue();
        assertThat(tenant.enterModuleWait()).isTrue();
        assertThat(tenant.enterModuleWait()).isFalse();
        tenant.leaveModuleWait();
        assertThat(tenant.enterModuleWait()).isTrue();
    }

    @Test
    void aTenantHasAtMostHalfOfTheGuestsMemory() throws Exception {
        Tenant tenant = opened.of(routes(site("a", "")).getFirst());
        long half = ByteSize.ofMebibytes(32).bytes();

        assertThat(tenant.resources().memory().reserve(half + 1)).contains("site-memory");
        assertThat(tenant.resources().memory().reserve(half)).isEmpty();
    }

    @Test
    void nestedVolumesCountOnce() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("data/inner"));
        Files.writeString(inner.resolve("file"), "12345");
        Files.createSymbolicLink(folder.resolve("same"), folder.resolve("data"));
        Files.writeString(folder.resolve("data/inner2"), "123");
        String volumes =
                """
                [[site.route]]
                path = "/1"
                module = "a.wasm"
                writable-volumes = { "/d" = "data/inner", "/e" = "same" }
                [[site.route]]
                path = "/2"
                module = "a.wasm"
                volumes = { "/f" = "/usr" }
                writable-volumes = { "/d" = "data", "/gone" = "missing" }
                """;
        List<Route> routes = routes(site("a", "volume-files-limit = 10") + volumes);

        tenants.serve(routes);

        Quota quota = tenants.of(routes.getFirst().site()).resources().volumes().orElseThrow();
        await().pollInterval(Duration.ofMillis(5)).until(() -> quota.usedBytes() > 0);
        assertThat(quota.usedBytes()).isEqualTo(8);
        assertThat(quota.usedFiles()).isEqualTo(3);
    }

    @Test
    void aSiteWithoutALimitHasNoQuota_untilItGetsOne() throws Exception {
        List<Route> without = routes(site("a", ""));
        tenants.serve(without);
        Tenant tenant = tenants.of(without.getFirst().site());
        assertThat(tenant.resources().volumes()).isEqualTo(Optional.empty());

        tenants.serve(routes(site("a", "volume-files-limit = 10")));
        assertThat(tenant.resources().volumes()).isPresent();
    }

    @Test
    void otherDirectories_areCountedAgain() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/file"), "1234567");
        tenants.serve(routes(site("a", "volume-files-limit = 10")));
        Quota quota =
                tenants.of(routes(site("a", "")).getFirst().site())
                        .resources()
                        .volumes()
                        .orElseThrow();
        tenants.serve(
                routes(site("a", "volume-files-limit = 10").replace("\"data\"", "\"other\"")));

        await().until(() -> quota.usedBytes() == 7);
        assertThat(quota.usedFiles()).isEqualTo(1);
    }

    @Test
    void refusalsOfASite_followItsChangedLimits() throws Exception {
        Tenant tenant = opened.of(routes(site("a", "rate-limit = \"1/s\"")).getFirst());
        Admission route = opened.scheduler().admission(tenant.account(), TenantLimits.ALL);
        while (route.enter().isEmpty()) {
            // The burst is used up first.
        }
        assertThat(route.enter()).get().isInstanceOf(Failure.RateLimited.class);

        tenants.serve(routes(site("a", "")));

        assertThat(route.enter()).isEmpty();
    }
}
