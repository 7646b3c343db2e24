package dev.jetway.admission;

/**
 * How long a run was that has ended.
 *
 * @param busy its processor time in nanoseconds; 0 if it was short
 * @param held nanoseconds for which it held up the connections of its thread
 * @param waited whether it waited on the thread of its connection, for a client or a clock
 */
record RunLength(long busy, long held, boolean waited) {
    /** The length of a short run. */
    static final RunLength SHORT = new RunLength(0, 0, false);

    /** Whether the run was not short. */
    boolean isLong() {
        return busy > ShortRuns.SHORT.toNanos() || waited;
    }
}
