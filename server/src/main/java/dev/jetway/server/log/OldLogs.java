package dev.jetway.server.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Log files whose renamed ones are looked at again and again, so that these are deleted when they
 * are too old, also if nothing is written any more. Used by one thread.
 */
final class OldLogs {
    /** Time between two looks at the files of one log. */
    static final Duration INTERVAL = Duration.ofHours(1);

    /** Maximum logs that are looked at; those beyond are when they are renamed. */
    static final int MAX_LOGS = 100_000;

    /** Maximum looks in a row, between which lines are written. */
    static final int MAX_LOOKS = 50;

    private final Set<LogWriter.Target> known = new HashSet<>();
    private final PriorityQueue<Look> looks = new PriorityQueue<>(Comparator.comparing(Look::due));

    private record Look(LogWriter.Target target, Instant due) {}

    /** Looks at a log from now on. */
    void add(LogWriter.Target target, Instant now) {
        if (known.size() < MAX_LOGS && known.add(target)) {
            looks.add(new Look(target, now));
        }
    }

    /** The logs to look at now. */
    List<LogWriter.Target> due(Instant now) {
        var due = new ArrayList<LogWriter.Target>();
        while (due.size() < MAX_LOOKS && !looks.isEmpty() && !looks.element().due().isAfter(now)) {
            Look look = looks.remove();
            due.add(look.target());
            looks.add(new Look(look.target(), now.plus(INTERVAL)));
        }
        return due;
    }

    /** Looks at a log no more: its folder has been removed. */
    void remove(LogWriter.Target target) {
        known.remove(target);
        looks.removeIf(look -> look.target().equals(target));
    }
}
