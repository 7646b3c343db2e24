package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.route.ModuleRoute;
import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.registry.MovedTags;
import dev.jetway.server.registry.RegistrySettings;
import dev.jetway.server.registry.RemoteModule;
import dev.jetway.server.registry.RemotePlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of registries, from their keys or from the environment. */
final class RegistriesTest {
    private static final String ROUTE =
            "[[module]]\nroute = \"/a\"\nmodule = \"oci:r.example/a:1\"\n";

    @TempDir private Path folder;

    private Configuration read(Map<String, String> environment, Optional<Path> state, String text)
            throws Exception {
        Files.writeString(folder.resolve("jetway.toml"), text);
        Files.writeString(folder.resolve("modules.toml"), ROUTE);
        return new ConfigurationReader(
                        folder,
                        2,
                        state,
                        new SpinInputs(environment, folder, Optional.empty(), false))
                .read(folder);
    }

    @Test
    void keys_becomeSettings_whichAllRoutesHave() throws Exception {
        Configuration read =
                read(
                        Map.of("HOME", "/home/me"),
                        Optional.empty(),
                        """
                        [server]
                        registry-cache = "pulled"
                        registry-cache-size = "1024GiB"
                        registry-credentials = "/etc/jetway/docker.json"
                        registry-ca = "ca.pem"
                        insecure-registries = ["R", "r:65535", "[::1]:5000"]
                        moved-tags = "refuse"
                        pull-time = "1h"
                        """);

        var settings =
                new RegistrySettings(
                        Optional.of(folder.resolve("pulled")),
                        ByteSize.ofMebibytes(1024 * 1024),
                        Optional.of(Path.of("/etc/jetway/docker.json")),
                        Set.of("r", "r:65535", "[::1]:5000"),
                        Optional.of(folder.resolve("ca.pem")),
                        MovedTags.REFUSE,
                        Duration.ofHours(1));
        assertThat(read.server().registries()).isEqualTo(settings);
        assertThat(ModuleRoute.among(read.routes()).map(r -> r.action().module()))
                .containsExactly(
                        new RemoteModule(RemotePlace.parse("oci://r.example/a:1"), settings));
    }

    @Test
    void environment_hasTheFolders_thatNoKeyNames() throws Exception {
        Optional<Path> state = Optional.of(Path.of("/state"));
        var home = read(Map.of("HOME", "/home/me"), state, "").server().registries();
        var named =
                read(
                                Map.of(
                                        "HOME", "/home/me",
                                        "XDG_CACHE_HOME", "/cache",
                                        "DOCKER_CONFIG", "/docker"),
                                state,
                                "")
                        .server()
                        .registries();
        var relative =
                read(Map.of("XDG_CACHE_HOME", "x", "DOCKER_CONFIG", "y"), state, "")
                        .server()
                        .registries();
        var nothing = read(Map.of(), Optional.empty(), "").server().registries();

        assertThat(home.cache()).contains(Path.of("/home/me/.cache/jetway/registry"));
        assertThat(home.credentials()).contains(Path.of("/home/me/.docker/config.json"));
        assertThat(named.cache()).contains(Path.of("/cache/jetway/registry"));
        assertThat(named.credentials()).contains(Path.of("/docker/config.json"));
        assertThat(relative.cache()).contains(Path.of("/state/registry"));
        assertThat(relative.credentials()).isEmpty();
        assertThat(nothing).isEqualTo(RegistrySettings.DEFAULT);
    }
}
