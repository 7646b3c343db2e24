package dev.jetway.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What the memory of a program is when it starts: the leaves that its data segments fill. The first
 * run makes it; nobody writes to it afterwards. Safe to share between threads.
 */
final class MemoryImage {
    private volatile byte @Nullable [] @Nullable [] leaves;

    /** The leaves in their order, an unwritten one null; null before they have been taken. */
    byte @Nullable [] @Nullable [] leaves() {
        return leaves;
    }

    /** Takes the leaves, which nobody else may write to from now on. */
    void take(byte[] @Nullable [] taken) {
        leaves = taken;
    }
}
