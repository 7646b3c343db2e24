package dev.jetway.admission;

import java.time.Duration;

/**
 * Which guests may run on the thread of their connection: those of routes whose runs have been
 * short lately. Runs that were not cost their site, and all sites together, a pause that is longer
 * than they were, so that the time for which they hold up connections is bounded however many
 * requests there are. Pure: no clock, no lock. Used under the lock of {@link Slots}.
 */
final class ShortRuns {
    /** Run time of a short run. */
    static final Duration SHORT = Duration.ofMillis(1);

    /** Pause of a site, in run times of its long run. */
    static final int SITE_PAUSE = 16;

    /** Pause of all sites, in times for which a long run held up connections. */
    static final int SERVER_PAUSE = 4;

    /** Maximum of a pause. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final int LONG = 8;
    private static final int MOST = 64;
    private static final int FEW = 2 * LONG;

    private ShortRuns() {}

    /** The long runs of one route lately: each short run decays their count. */
    static final class Count {
        private int longRuns = FEW + LONG;

        /** Whether runs have been short lately, but for a few. False before the first runs. */
        boolean isShort() {
            return longRuns <= FEW;
        }

        /** Counts a run. */
        void ran(boolean isLong) {
            if (isLong) {
                longRuns = Math.min(MOST, longRuns + LONG);
            } else if (longRuns > 0) {
                longRuns--;
            }
        }
    }

    /** A time in which guests do not run on the threads of connections. */
    static final class Pause {
        private boolean begun;
        private long until;

        /** Whether it lasts. */
        boolean isOn(long now) {
            begun = begun && until - now > 0;
            return begun;
        }

        /** Begins or extends it. */
        void extend(long now, long nanos) {
            long end = now + Math.min(nanos, LONGEST_PAUSE.toNanos());
            if (!isOn(now) || end - until > 0) {
                until = end;
                begun = true;
            }
        }
    }
}
