package dev.jetway.route;

import dev.jetway.base.ByteSize;

/**
 * Limits of a request's body. Immutable.
 *
 * @param total bytes in all; a larger body is refused with 413
 * @param memory bytes kept in memory; a larger body goes to a temporary file
 */
public record BodyLimits(ByteSize total, ByteSize memory) {}
