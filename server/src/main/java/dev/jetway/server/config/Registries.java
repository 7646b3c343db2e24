package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.server.config.route.RouteLimits;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.Kind;
import dev.jetway.server.registry.HostName;
import dev.jetway.server.registry.MovedTags;
import dev.jetway.server.registry.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Keys of modules that registries and web servers have. */
final class Registries {
    private static final int MAX_INSECURE = 100;

    static final Key<Path> CACHE =
            Key.path("registry-cache", "folder")
                    .orElse("the folder `jetway/registry` in the user's cache folder");
    static final Key<ByteSize> CACHE_SIZE =
            Key.size("registry-cache-size", new ByteSize(0), RouteLimits.MAX_BYTES)
                    .or(RegistrySettings.CACHE_SIZE);
    static final Key<Path> CREDENTIALS =
            Key.path("registry-credentials", "file")
                    .orElse(
                            "Docker's own, `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`");
    static final Key<Path> AUTHORITY = Key.path("registry-ca", "PEM file");
    static final Key<List<String>> INSECURE =
            Key.of(
                            "insecure-registries",
                            new Kind.TextList(
                                    "list of at most " + MAX_INSECURE + " `HOST` or `HOST:PORT`",
                                    MAX_INSECURE,
                                    HostName::checked))
                    .or("none", _ -> List.of());
    static final Key<MovedTags> MOVED_TAGS =
            Key.text("moved-tags", "`\"follow\"` or `\"refuse\"`", MovedTags::parse)
                    .or("follow", _ -> MovedTags.FOLLOW);
    static final Key<Duration> PULL_TIME =
            Key.time("pull-time", Duration.ofSeconds(1), Duration.ofHours(1))
                    .or(RegistrySettings.TIME);

    static final List<Key<?>> KEYS =
            List.of(CACHE, CACHE_SIZE, CREDENTIALS, AUTHORITY, INSECURE, MOVED_TAGS, PULL_TIME);

    private Registries() {}

    static RegistrySettings of(KeyValues values) {
        return new RegistrySettings(
                values.find(CACHE),
                values.get(CACHE_SIZE),
                values.find(CREDENTIALS),
                Set.copyOf(values.get(INSECURE)),
                values.find(AUTHORITY),
                values.get(MOVED_TAGS),
                values.get(PULL_TIME));
    }
}
