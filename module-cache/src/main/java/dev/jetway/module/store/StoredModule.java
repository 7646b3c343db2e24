package dev.jetway.module.store;

import dev.jetway.base.ByteSize;
import java.time.Instant;

/**
 * A compiled module on disk. Immutable.
 *
 * @param digest the SHA-256 of its binary, lower-case hexadecimal
 * @param variant what else it depends on: engine, options, JDK
 * @param current whether this server would use it
 * @param size bytes of its file
 * @param used when it was last used
 */
public record StoredModule(
        String digest, String variant, boolean current, ByteSize size, Instant used) {}
