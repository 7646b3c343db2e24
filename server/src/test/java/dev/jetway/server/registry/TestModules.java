package dev.jetway.server.registry;

import dev.jetway.base.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings and contents of tests. */
public final class TestModules {
    static final ByteSize LIMIT = ByteSize.ofMebibytes(1);

    private TestModules() {}

    /** The smallest module, with a custom section that tells it from others. */
    public static byte[] module(int number) {
        return new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 0, 3, 1, 'n', (byte) number};
    }

    /** Settings with a folder. */
    public static RegistrySettings in(Path cache) {
        return new RegistrySettings(
                Optional.of(cache),
                RegistrySettings.CACHE_SIZE,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                MovedTags.FOLLOW,
                Duration.ofSeconds(20));
    }

    /** Settings with a time for each pull. */
    static RegistrySettings within(Path cache, Duration time) {
        RegistrySettings base = in(cache);
        return new RegistrySettings(
                base.cache(),
                base.cacheSize(),
                base.credentials(),
                base.insecure(),
                base.authority(),
                base.movedTags(),
                time);
    }

    /** Settings with a size of the folder. */
    static RegistrySettings of(Path cache, ByteSize size) {
        RegistrySettings base = in(cache);
        return new RegistrySettings(
                base.cache(),
                size,
                base.credentials(),
                base.insecure(),
                base.authority(),
                base.movedTags(),
                base.time());
    }

    /** Settings with a file of credentials. */
    static RegistrySettings with(Path cache, Path credentials) {
        RegistrySettings base = in(cache);
        return new RegistrySettings(
                base.cache(),
                base.cacheSize(),
                Optional.of(credentials),
                base.insecure(),
                base.authority(),
                base.movedTags(),
                base.time());
    }

    /** Settings that refuse tags which have moved. */
    static RegistrySettings refusing(Path cache) {
        RegistrySettings base = in(cache);
        return new RegistrySettings(
                base.cache(),
                base.cacheSize(),
                base.credentials(),
                base.insecure(),
                base.authority(),
                MovedTags.REFUSE,
                base.time());
    }
}
