package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Errno;
import java.util.Arrays;

/**
 * The positions of a run's listings as guests know them. The kernel's are any numbers of 63 bits,
 * on ext4 for example hashes of names, but C keeps one in a {@code long} (telldir(3)), which in a
 * guest has 32. A small position is its own cookie; others are numbered as they come up, for the
 * whole run, so that a cookie stays right whatever else is listed, made or removed. When there are
 * {@link #MOST} numbers, a further position is its own cookie with the highest bit set: it is right
 * for whoever keeps all of it. Used by the run's thread only.
 */
final class Cookies {
    /** Numbers in a run: 4 MiB for them at most. */
    static final int MOST = 1 << 18;

    /** Positions below are small; the numbers lie between it and the end of 31 bits. */
    static final long NUMBERED = 1L << 30;

    private static final long WHOLE = Long.MIN_VALUE;
    private static final int FEW = 64;

    private long[] positions = {};

    /** A table of numbers plus one, by the hash of the position; half of it or more is empty. */
    private int[] slots = {};

    private int count;

    /** The cookie of a position of the kernel. */
    long of(long position) {
        if (position >= 0 && position < NUMBERED) {
            return position;
        }
        if (count == positions.length && count < MOST) {
            grow();
        }
        int slot = slot(position);
        if (slots[slot] > 0) {
            return NUMBERED + slots[slot] - 1;
        }
        if (count == MOST) {
            return position | WHOLE;
        }
        positions[count] = position;
        count++;
        slots[slot] = count;
        return NUMBERED + count - 1;
    }

    /** The position behind a cookie; {@link Errno#INVAL} for one that nobody was given. */
    long position(long cookie) {
        if (cookie < 0) {
            return cookie & ~WHOLE;
        }
        if (cookie < NUMBERED) {
            return cookie;
        }
        if (cookie - NUMBERED >= count) {
            throw Errno.INVAL.failure();
        }
        return positions[(int) (cookie - NUMBERED)];
    }

    /** Where the position is, or may be put. */
    private int slot(long position) {
        int mask = slots.length - 1;
        // Fibonacci hashing: neighbours lie far from each other, and high bits count.
        int slot = (int) ((position * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (slots[slot] > 0 && positions[slots[slot] - 1] != position) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        positions = Arrays.copyOf(positions, Math.max(FEW, 2 * count));
        slots = new int[2 * positions.length];
        for (int i = 0; i < count; i++) {
            slots[slot(positions[i])] = i + 1;
        }
    }
}
