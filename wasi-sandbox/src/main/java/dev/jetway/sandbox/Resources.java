package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.quota.Quota;
import dev.jetway.sandbox.memory.MemoryAccount;
import java.util.Optional;

/**
 * Resources that the guests of one site share. Safe to share between threads.
 *
 * @param memory linear memory and directories in memory
 * @param volumes the content of writable volumes; empty if unlimited
 * @param modes of new files and directories in these
 */
public record Resources(MemoryAccount memory, Optional<Quota> volumes, FileModes modes) {
    /** Resources with the standard modes. */
    public Resources(MemoryAccount memory, Optional<Quota> volumes) {
        this(memory, volumes, FileModes.DEFAULT);
    }

    /** No shared limits: guests have only their own. */
    public static Resources unlimited() {
        return new Resources(
                new MemoryAccount("memory", new ByteSize(Long.MAX_VALUE)), Optional.empty());
    }
}
