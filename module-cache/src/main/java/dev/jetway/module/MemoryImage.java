package dev.jetway.module;

import org.jspecify.annotations.Nullable;

/**
 * What the memory of a module is when it starts: the pieces that its data segments fill. The first
 * instance makes it, before anything of a guest has run; nobody writes to it afterwards. So it says
 * nothing that is not in the module's file, and sites that have the same file may share it. Safe to
 * share between threads.
 */
public final class MemoryImage {
    private volatile byte @Nullable [] @Nullable [] pieces;

    /** The pieces in their order, an unwritten one null; null before they have been taken. */
    public byte @Nullable [] @Nullable [] pieces() {
        return pieces;
    }

    /** Takes the pieces, which nobody else may write to from now on. */
    public void take(byte[] @Nullable [] taken) {
        pieces = taken;
    }
}
