package dev.jetway.benchmarks;

import java.util.Collection;

/** How long many requests took, in microseconds. Immutable. */
final class Latencies {
    private static final int PERCENT = 100;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    /** Of nanoseconds. */
    static Latencies of(Collection<Long> nanos) {
        return new Latencies(nanos.stream().mapToLong(n -> n / 1000).sorted().toArray());
    }

    int count() {
        return sorted.length;
    }

    /** The latency of a percentile; 100 is the longest of all, 0 if there is none. */
    long percentile(int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int place = (int) ((long) sorted.length * percent / PERCENT);
        return sorted[Math.min(place, sorted.length - 1)];
    }
}
