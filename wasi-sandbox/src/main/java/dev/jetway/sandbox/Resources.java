package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.file.quota.Quota;
import dev.jetway.sandbox.memory.MemoryAccount;
import java.util.Optional;

/**
 * Resources that the guests of one site share. Safe to share between threads.
 *
 * @param memory linear memory and directories in memory
 * @param volumes the content of writable volumes; empty if unlimited
 */
public record Resources(MemoryAccount memory, Optional<Quota> volumes) {
    /** No shared limits: guests have only their own. */
    public static Resources unlimited() {
        return new Resources(
                new MemoryAccount("memory", new ByteSize(Long.MAX_VALUE)), Optional.empty());
    }
}
