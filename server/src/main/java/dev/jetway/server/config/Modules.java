package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.server.config.route.RouteLimits;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of compiled modules. Immutable.
 *
 * @param cache the folder of compiled modules; the user's cache folder if empty
 * @param memory bytes of unused compiled modules in memory
 * @param diskSize bytes of compiled modules on disk
 * @param preload the modules that are loaded before the first request; by the number of routes if
 *     empty
 * @param compileThreads modules that are compiled at once
 * @param compileWait maximum wait of a request for its module
 */
public record Modules(
        Optional<Path> cache,
        ByteSize memory,
        ByteSize diskSize,
        Optional<Preload> preload,
        int compileThreads,
        Duration compileWait) {
    private static final ByteSize NOTHING = new ByteSize(0);
    private static final int MAX_COMPILE_THREADS = 256;

    static final Key<Path> CACHE =
            Key.path("module-cache", "folder")
                    .orElse("`jetway/modules` in the user's cache folder");
    static final Key<ByteSize> MEMORY =
            Key.size("module-memory", NOTHING, RouteLimits.MAX_BYTES).or(ByteSize.ofMebibytes(512));
    static final Key<ByteSize> DISK_SIZE =
            Key.size("module-cache-size", NOTHING, RouteLimits.MAX_BYTES)
                    .or(ByteSize.ofMebibytes(4096));
    static final Key<Preload> PRELOAD =
            Key.text("preload", "`\"all\"`, `\"used\"` or `\"none\"`", Preload::parse)
                    .orElse("by the number of routes");
    static final Key<Integer> COMPILE_THREADS =
            Key.count("compile-threads", 1, MAX_COMPILE_THREADS)
                    .or("1 for each processor", p -> Math.clamp(p, 1, MAX_COMPILE_THREADS));
    static final Key<Duration> COMPILE_WAIT =
            Key.time("compile-wait", Duration.ZERO, Guests.MAX_WAIT).or(Duration.ofSeconds(10));

    static final List<Key<?>> KEYS =
            List.of(CACHE, MEMORY, DISK_SIZE, PRELOAD, COMPILE_THREADS, COMPILE_WAIT);

    static Modules of(KeyValues values) {
        return new Modules(
                values.find(CACHE),
                values.get(MEMORY),
                values.get(DISK_SIZE),
                values.find(PRELOAD),
                values.get(COMPILE_THREADS),
                values.get(COMPILE_WAIT));
    }

    /** These settings with another folder of compiled modules. */
    public Modules withCache(Path other) {
        return new Modules(
                Optional.of(other), memory, diskSize, preload, compileThreads, compileWait);
    }
}
