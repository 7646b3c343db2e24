package dev.jetway.base;

import java.time.Instant;

/** Times as file systems and WASI count them. */
public final class UnixTime {
    private static final long SECOND = 1_000_000_000;

    private UnixTime() {}

    /**
     * Nanoseconds since the beginning of 1970 (UTC). Wraps for years before 1678 and after 2262.
     */
    public static long nanos(Instant time) {
        return time.getEpochSecond() * SECOND + time.getNano();
    }
}
