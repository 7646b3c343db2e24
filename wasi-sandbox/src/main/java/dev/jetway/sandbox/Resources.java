package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.file.quota.Quota;
import dev.jetway.sandbox.memory.MemoryAccount;
import java.util.Optional;

/**
 * What the guests of one site have together. Safe to share between threads.
 *
 * @param memory linear memory and directories in memory
 * @param volumes what is in the volumes that they may change; empty: as much as the host has
 */
public record Resources(MemoryAccount memory, Optional<Quota> volumes) {
    /** Of guests that are bounded by their own limits only. */
    public static Resources unlimited() {
        return new Resources(
                new MemoryAccount("memory", new ByteSize(Long.MAX_VALUE)), Optional.empty());
    }
}
