package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.TimeChange;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Two {@code struct timespec} as {@code utimensat(2)} takes them. */
final class Timespec {
    static final long NOW = (1L << 30) - 1;
    static final long OMIT = (1L << 30) - 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Timespec() {}

    static MemorySegment write(MemorySegment to, TimeChange accessed, TimeChange modified) {
        write(to, 0, accessed);
        write(to, 2, modified);
        return to;
    }

    private static void write(MemorySegment to, long index, TimeChange change) {
        switch (change) {
            case TimeChange.Keep keep -> write(to, index, 0, OMIT);
            case TimeChange.Now now -> write(to, index, 0, NOW);
            case TimeChange.At at ->
                    write(
                            to,
                            index,
                            Long.divideUnsigned(at.nanos(), NANOS_PER_SECOND),
                            Long.remainderUnsigned(at.nanos(), NANOS_PER_SECOND));
        }
    }

    private static void write(MemorySegment to, long index, long seconds, long nanos) {
        to.setAtIndex(ValueLayout.JAVA_LONG, index, seconds);
        to.setAtIndex(ValueLayout.JAVA_LONG, index + 1, nanos);
    }
}
