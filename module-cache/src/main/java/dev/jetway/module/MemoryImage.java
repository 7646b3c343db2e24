package dev.jetway.module;

import org.jspecify.annotations.Nullable;

/**
 * The initial content of a module's memory: the pieces that its data segments fill. The first
 * instance makes it before any code of the guest has run, and nobody writes to it afterwards. So it
 * shows nothing that is not in the module's file, and sites with the same file may share it. Safe
 * to share between threads.
 */
public final class MemoryImage {
    private volatile byte @Nullable [] @Nullable [] pieces;

    /** The pieces in order, null for an unwritten one; null before {@link #take}. */
    public byte @Nullable [] @Nullable [] pieces() {
        return pieces;
    }

    /** Takes the pieces over; nobody may write to them from now on. */
    public void take(byte[] @Nullable [] taken) {
        pieces = taken;
    }
}
