package dev.jetway.module;

import java.time.Duration;

/**
 * The result of a load.
 *
 * @param lease the module, and how long it stays in memory
 * @param origin where its code came from
 * @param took how long the caller waited
 */
public record ModuleLoad(CacheLease lease, Origin origin, Duration took) {
    /** The module. */
    public CompiledModule module() {
        return lease.module();
    }

    /** Where compiled code came from. */
    public enum Origin {
        /** The compiler. */
        COMPILED,
        /** The disk cache. */
        DISK,
        /** The memory cache, or another caller's compilation that was waited for. */
        MEMORY
    }
}
