package dev.jetway.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.base.ByteSize;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.VolumeLimits;
import dev.jetway.sandbox.file.quota.Quota;
import dev.jetway.server.config.ConfigurationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeQuotasTest {
    @TempDir private Path folder;

    private List<Route> routes(String volumes) throws Exception {
        Files.writeString(folder.resolve("a.wasm"), "");
        Files.writeString(
                folder.resolve("jetway.toml"),
                """
                [[site]]
                name = "a"
                hosts = ["a.test"]
                volume-files-limit = 10
                %s
                [[site]]
                name = "b"
                hosts = ["b.test"]
                [[site.route]]
                path = "/"
                module = "a.wasm"
                """
                        .formatted(volumes));
        return new ConfigurationReader(folder, 2).read(folder).routes();
    }

    @Test
    void whatLiesInTwoVolumesOfASiteCountsOnce() throws Exception {
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

        List<Route> routes = routes(volumes);
        try (var quotas = new VolumeQuotas(routes)) {
            Quota quota = quotas.of(routes.getFirst().site()).orElseThrow();
            await().pollInterval(Duration.ofMillis(5)).until(() -> quota.usedBytes() > 0);
            assertThat(quota.usedBytes()).isEqualTo(8);
            assertThat(quota.usedFiles()).isEqualTo(3);
        }
    }

    @Test
    void aSiteWithoutALimitHasNoQuota() throws Exception {
        List<Route> routes = routes("[[site.route]]\npath = \"/\"\nmodule = \"a.wasm\"");
        var other =
                new Site(
                        "other",
                        List.of("o"),
                        TenantLimits.TENANT,
                        Site.MAX_MEMORY,
                        Optional.of(new VolumeLimits(new ByteSize(1), 1)));

        try (var quotas = new VolumeQuotas(routes)) {
            assertThat(quotas.of(routes.getFirst().site())).isPresent();
            assertThat(quotas.of(routes.getLast().site())).isEmpty();
            assertThat(quotas.of(other)).isEmpty();
        }
    }
}
