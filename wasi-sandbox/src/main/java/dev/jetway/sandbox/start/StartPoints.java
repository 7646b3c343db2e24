package dev.jetway.sandbox.start;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls at which a start may end, in order. The last one saves the most work, but what the
 * guest has read of its environment until then becomes a condition; the one at which it first asks
 * for its environment holds for every request. Used by one thread.
 */
final class StartPoints {
    /** Minimum part of the work that lies before the environment is asked for, in percent. */
    static final int PERCENT = 80;

    private @Nullable StartPoint last;
    private long workUntilLast;
    private @Nullable StartPoint beforeEnvironment;
    private long workBeforeEnvironment;
    private boolean asked;

    /**
     * A later point.
     *
     * @param work a measure of what the guest has done until then
     */
    void add(StartPoint point, long work) {
        last = point;
        workUntilLast = work;
    }

    /** The guest is about to ask for its environment; the point of this call was added before. */
    void environment() {
        if (!asked) {
            asked = true;
            beforeEnvironment = last;
            workBeforeEnvironment = workUntilLast;
        }
    }

    /** The last point; empty if there is none. */
    Optional<StartPoint> last() {
        return Optional.ofNullable(last);
    }

    /** The point that a snapshot is best taken at; empty if there is none. */
    Optional<StartPoint> best() {
        boolean late =
                beforeEnvironment != null
                        && workBeforeEnvironment > 0
                        && 100 * workBeforeEnvironment >= PERCENT * workUntilLast;
        return late ? Optional.ofNullable(beforeEnvironment) : last();
    }
}
