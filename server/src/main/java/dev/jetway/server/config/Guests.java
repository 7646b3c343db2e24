package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.server.config.route.RouteLimits;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Limits of all guests together. Immutable.
 *
 * @param slots guests that run at once
 * @param memory linear memory of all guests; a share of the heap if empty
 * @param queue requests that wait for a slot
 * @param admissionWait time that a request waits at most
 * @param parked guests that wait for their clients, without a slot
 * @param longRunning long-running guests, without a slot
 * @param logDirectory the folder of their standard error, a file for each route; the log if empty
 */
public record Guests(
        int slots,
        Optional<ByteSize> memory,
        int queue,
        Duration admissionWait,
        int parked,
        int longRunning,
        Optional<Path> logDirectory) {
    /** The maximum wait for a slot or a module. */
    static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private static final int MAX_SLOTS = 4096;
    private static final int MAX_LONG_RUNNING = 10_000;
    private static final int LEAST_BY_DEFAULT = 16;
    private static final String FOUR_EACH = "4 for each processor, at least " + LEAST_BY_DEFAULT;

    static final Key<Integer> SLOTS =
            Key.count("guest-slots", 1, MAX_SLOTS).or(FOUR_EACH, Guests::byProcessors);
    static final Key<ByteSize> MEMORY =
            Key.size("guest-memory", GuestLimits.MIN_MEMORY, RouteLimits.MAX_BYTES)
                    .orElse("60 % of the JVM's heap");
    static final Key<Integer> QUEUE = Key.count("guest-queue", 0, 1_000_000).or(1024);
    static final Key<Duration> ADMISSION_WAIT =
            Key.time("admission-wait", Duration.ZERO, MAX_WAIT).or(Duration.ofSeconds(1));
    static final Key<Integer> PARKED = Key.count("parked-guests", 1, 100_000).or(1024);
    static final Key<Integer> LONG_RUNNING =
            Key.count("long-running-guests", 0, MAX_LONG_RUNNING)
                    .or(FOUR_EACH, Guests::byProcessors);
    static final Key<Path> LOG_DIRECTORY = Key.path("log-dir", "folder").orElse("the server's log");

    static final List<Key<?>> KEYS =
            List.of(SLOTS, MEMORY, QUEUE, ADMISSION_WAIT, PARKED, LONG_RUNNING, LOG_DIRECTORY);

    static Guests of(KeyValues values) {
        return new Guests(
                values.get(SLOTS),
                values.find(MEMORY),
                values.get(QUEUE),
                values.get(ADMISSION_WAIT),
                values.get(PARKED),
                values.get(LONG_RUNNING),
                values.find(LOG_DIRECTORY));
    }

    /** These settings with another folder of standard error. */
    public Guests withLogDirectory(Path other) {
        return new Guests(
                slots, memory, queue, admissionWait, parked, longRunning, Optional.of(other));
    }

    private static int byProcessors(int processors) {
        return Math.clamp(4L * processors, LEAST_BY_DEFAULT, MAX_SLOTS);
    }
}
