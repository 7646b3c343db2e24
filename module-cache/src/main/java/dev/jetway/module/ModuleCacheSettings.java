package dev.jetway.module;

import dev.jetway.unit.ByteSize;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How modules are cached. Immutable.
 *
 * @param directory where compiled code is kept; nothing is kept if empty
 * @param memory bytes of compiled modules in memory
 * @param moduleSize bytes of one module's file
 * @param compilations modules compiled at once
 */
public record ModuleCacheSettings(
        Optional<Path> directory, ByteSize memory, ByteSize moduleSize, int compilations) {
    /** What is not said: 512 MiB in memory, 64 MiB a module. */
    public static ModuleCacheSettings in(Optional<Path> directory, int processors) {
        return new ModuleCacheSettings(
                directory,
                ByteSize.ofMebibytes(512),
                ByteSize.ofMebibytes(64),
                Math.max(1, processors));
    }
}
