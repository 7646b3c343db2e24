package dev.jetway.module;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleException;
import java.time.Duration;

/**
 * Counts of a cache since it was made, and its content. A snapshot; the numbers are not read at one
 * instant.
 *
 * @param memoryHits loads answered from memory, or by waiting for another caller's load
 * @param diskLoads loads answered from disk
 * @param compilations modules compiled
 * @param failures loads that ended in a {@link ModuleException}
 * @param evictions modules evicted from memory
 * @param modules modules in memory
 * @param cost their approximate bytes
 * @param compiling time spent on compilations, those side by side added up
 */
public record ModuleCacheStatistics(
        long memoryHits,
        long diskLoads,
        long compilations,
        long failures,
        long evictions,
        long modules,
        ByteSize cost,
        Duration compiling) {}
