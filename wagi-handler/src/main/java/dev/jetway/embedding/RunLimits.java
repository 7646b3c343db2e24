package dev.jetway.embedding;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.GuestLimits;
import java.time.Duration;

/**
 * Limits of one run of a program. Immutable.
 *
 * @param time from its start to its end, and on a processor, 1 ms to 24 h; 504 beyond
 * @param memory bytes of linear memory, 64 KiB to 2 GiB; an allocation beyond fails
 * @param requestBody bytes of the request's body, 0 to 1 TiB; 413 beyond
 */
public record RunLimits(Duration time, long memory, long requestBody) {
    /** The maximum of {@link #requestBody()}: 1 TiB. */
    public static final long MAX_REQUEST_BODY = 1L << 40;

    /** 30 s, 256 MiB of memory, 64 MiB of body. */
    public static final RunLimits DEFAULT =
            new RunLimits(Duration.ofSeconds(30), 256L << 20, 64L << 20);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public RunLimits {
        if (memory < 0 || requestBody < 0 || requestBody > MAX_REQUEST_BODY) {
            throw new IllegalArgumentException(
                    "a limit of bytes cannot be negative, and one of bodies is 1 TiB at most");
        }
        var _ = GuestLimits.DEFAULT.withWallTime(time).withMemory(new ByteSize(memory));
    }

    /** These limits with another time. */
    public RunLimits withTime(Duration other) {
        return new RunLimits(other, memory, requestBody);
    }

    /** These limits with other bytes of memory. */
    public RunLimits withMemory(long bytes) {
        return new RunLimits(time, bytes, requestBody);
    }

    /** These limits with other bytes of a request's body. */
    public RunLimits withRequestBody(long bytes) {
        return new RunLimits(time, memory, bytes);
    }
}
