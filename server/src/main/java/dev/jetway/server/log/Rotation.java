package dev.jetway.server.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rule for renaming and deleting log files. Immutable.
 *
 * @param bytes of a file before it is renamed
 * @param age of a file before it is renamed; empty for any
 * @param keep renamed files that are kept
 * @param keepAge age of the last line in a renamed file before it is deleted; empty for any
 */
public record Rotation(long bytes, Optional<Duration> age, int keep, Optional<Duration> keepAge) {
    /** A rule by size and count only. */
    static Rotation bySize(long bytes, int keep) {
        return new Rotation(bytes, Optional.empty(), keep, Optional.empty());
    }

    /** Whether a file that was created at a time is too old for another line. */
    boolean isTooOld(Instant created, Instant now) {
        return age.filter(most -> isOver(created, now, most)).isPresent();
    }

    /** Whether a renamed file is deleted. */
    boolean isOver(Instant lastLine, Instant now) {
        return keepAge.filter(most -> isOver(lastLine, now, most)).isPresent();
    }

    private static boolean isOver(Instant since, Instant now, Duration most) {
        return Duration.between(since, now).compareTo(most) > 0;
    }
}
