package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.file.FileLimits;
import java.time.Duration;

/**
 * Limits of one guest run. Immutable; safe to share between threads.
 *
 * @param wallTime from the start of the instance to its end
 * @param cpuTime of its thread; sleeping and waiting do not count
 * @param memory linear memory, rounded down to whole 64 KiB pages
 * @param stderr bytes written to standard error; further bytes are dropped
 * @param clientWait how long, in sum, it may wait for its client; does not count as wall time
 * @param files limits for files
 */
public record GuestLimits(
        Duration wallTime,
        Duration cpuTime,
        ByteSize memory,
        ByteSize stderr,
        Duration clientWait,
        FileLimits files) {
    /** The range of {@link #wallTime()}, {@link #cpuTime()} and {@link #clientWait()}. */
    public static final Duration MIN_TIME = Duration.ofMillis(1);

    /** The range of {@link #wallTime()}, {@link #cpuTime()} and {@link #clientWait()}. */
    public static final Duration MAX_TIME = Duration.ofHours(24);

    /** The range of {@link #memory()}: one page. */
    public static final ByteSize MIN_MEMORY = ByteSize.ofKibibytes(64);

    /** The range of {@link #memory()}: the reach of 32-bit addresses in this engine. */
    public static final ByteSize MAX_MEMORY = ByteSize.ofMebibytes(2048);

    /** 30 s, all of them on a processor, 256 MiB of memory, 64 KiB of standard error, 10 min. */
    public static final GuestLimits DEFAULT =
            new GuestLimits(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    ByteSize.ofMebibytes(256),
                    ByteSize.ofKibibytes(64),
                    Duration.ofMinutes(10),
                    FileLimits.DEFAULT);

    /** Rejects what is out of range. */
    public GuestLimits {
        checkTime(wallTime);
        checkTime(cpuTime);
        checkTime(clientWait);
        if (memory.compareTo(MIN_MEMORY) < 0 || memory.compareTo(MAX_MEMORY) > 0) {
            throw new IllegalArgumentException(
                    "a memory limit lies between " + MIN_MEMORY + " and " + MAX_MEMORY);
        }
    }

    private static void checkTime(Duration time) {
        if (time.compareTo(MIN_TIME) < 0 || time.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException("a time limit lies between 1 ms and 24 h");
        }
    }

    /** These limits with another wall time. */
    public GuestLimits withWallTime(Duration other) {
        return new GuestLimits(other, cpuTime, memory, stderr, clientWait, files);
    }

    /** These limits with another CPU time. */
    public GuestLimits withCpuTime(Duration other) {
        return new GuestLimits(wallTime, other, memory, stderr, clientWait, files);
    }

    /** These limits with another memory limit. */
    public GuestLimits withMemory(ByteSize other) {
        return new GuestLimits(wallTime, cpuTime, other, stderr, clientWait, files);
    }

    /** These limits with other limits for files. */
    public GuestLimits withFiles(FileLimits other) {
        return new GuestLimits(wallTime, cpuTime, memory, stderr, clientWait, other);
    }
}
