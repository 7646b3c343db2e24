package dev.jetway.route;

import dev.jetway.base.ByteSize;

/**
 * How much of a request's body is taken, and where it is kept. Immutable.
 *
 * @param total bytes in all; more is refused with 413
 * @param memory bytes kept in memory; above it a temporary file holds the body
 */
public record BodyLimits(ByteSize total, ByteSize memory) {}
