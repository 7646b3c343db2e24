package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Errno;
import java.util.Arrays;

/**
 * Maps positions in directory listings to cookies for guests. The kernel's positions are any 63-bit
 * numbers, for example hashes of names on ext4, but C keeps a position in a {@code long}
 * (telldir(3)), which in a guest has 32 bits. A small position is its own cookie; others are
 * numbered as they come up, for the whole run, so that a cookie stays right whatever else is
 * listed, created or removed. After {@link #MOST} numbers, a further position is its own cookie
 * with the highest bit set, which works for guests that keep 64 bits. Used by the run's thread
 * only.
 */
final class Cookies {
    /** Maximum number of numbered positions in a run: 4 MiB of memory. */
    static final int MOST = 1 << 18;

    /** Bound of small positions; numbers lie between it and 2³¹. */
    static final long NUMBERED = 1L << 30;

    private static final long WHOLE = Long.MIN_VALUE;
    private static final int FEW = 64;

    private long[] positions = {};

    /** A hash table from positions to numbers plus one; at least half of it is empty. */
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

    /** The position of a cookie; {@link Errno#INVAL} for a cookie that was never given out. */
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

    /** The slot of a position, or the empty one for it. */
    private int slot(long position) {
        int mask = slots.length - 1;
        // Fibonacci hashing spreads neighbours and uses the high bits.
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
