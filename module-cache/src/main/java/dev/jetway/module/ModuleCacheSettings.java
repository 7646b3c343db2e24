package dev.jetway.module;

import dev.jetway.base.ByteSize;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How modules are cached. Immutable.
 *
 * @param directory where compiled code is kept; nothing is kept if empty
 * @param memoryLimit approximate bytes of compiled modules in memory, of those not in use
 * @param diskLimit bytes of all entries in the directory
 * @param moduleLimit bytes of one module's file, at most 1 GiB
 * @param compileThreads modules compiled at once, at least one
 */
public record ModuleCacheSettings(
        Optional<Path> directory,
        ByteSize memoryLimit,
        ByteSize diskLimit,
        ByteSize moduleLimit,
        int compileThreads) {
    /** The default of {@link #moduleLimit()}. */
    public static final ByteSize MODULE_LIMIT = ByteSize.ofMebibytes(64);

    private static final ByteSize LARGEST_MODULE = ByteSize.ofMebibytes(1024);

    /** Rejects limits that cannot be kept. */
    public ModuleCacheSettings {
        if (moduleLimit.compareTo(LARGEST_MODULE) > 0) {
            throw new IllegalArgumentException(
                    "a module's limit of " + moduleLimit + " is over " + LARGEST_MODULE);
        }
        if (compileThreads < 1) {
            throw new IllegalArgumentException("compile threads: " + compileThreads);
        }
    }

    /** These settings with other bounds in memory and on disk. */
    public ModuleCacheSettings within(ByteSize memory, ByteSize disk) {
        return new ModuleCacheSettings(directory, memory, disk, moduleLimit, compileThreads);
    }

    /** These settings with another number of modules compiled at once. */
    public ModuleCacheSettings compiling(int atOnce) {
        return new ModuleCacheSettings(directory, memoryLimit, diskLimit, moduleLimit, atOnce);
    }

    /** The defaults: 512 MiB in memory, 4 GiB on disk, 64 MiB a module, a compilation a core. */
    public static ModuleCacheSettings in(Optional<Path> directory, int processors) {
        return new ModuleCacheSettings(
                directory,
                ByteSize.ofMebibytes(512),
                ByteSize.ofMebibytes(4096),
                MODULE_LIMIT,
                Math.max(1, processors));
    }
}
