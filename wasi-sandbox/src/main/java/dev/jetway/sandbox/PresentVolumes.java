package dev.jetway.sandbox;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The volumes of a program whose folders exist: as in Wagi, a guest runs without a missing one.
 * Once all exist, they are looked at again after {@link #FRESH} only: a look is a system call for
 * each volume of each run. A folder that appears is noticed at once. Safe to share between threads.
 */
final class PresentVolumes {
    /** Time for which folders that existed are taken to exist. Opening a missing one fails. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final List<Volume> all;
    private final LongSupplier nanos;
    private volatile long complete;

    /**
     * The volumes of a program.
     *
     * @param nanos a monotonic clock
     */
    PresentVolumes(List<Volume> all, LongSupplier nanos) {
        this.all = List.copyOf(all);
        this.nanos = nanos;
        this.complete = nanos.getAsLong() - FRESH.toNanos();
    }

    List<Volume> now() {
        if (all.isEmpty()) {
            return all;
        }
        long now = nanos.getAsLong();
        if (now - complete < FRESH.toNanos()) {
            return all;
        }
        List<Volume> present =
                all.stream().filter(v -> Files.isDirectory(v.hostDirectory())).toList();
        if (present.size() == all.size()) {
            complete = now;
        }
        return present;
    }
}
