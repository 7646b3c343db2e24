package dev.jetway.module;

import java.time.Duration;

/**
 * A module as it was loaded.
 *
 * @param module the module
 * @param origin where its code came from
 * @param took how long the caller waited
 */
public record ModuleLoad(CompiledModule module, Origin origin, Duration took) {
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
