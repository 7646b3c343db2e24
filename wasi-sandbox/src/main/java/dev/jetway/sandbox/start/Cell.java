package dev.jetway.sandbox.start;

import java.util.BitSet;

/**
 * Bytes of a guest's memory that a host function has written and that belong to one request: they
 * are written again before the guest goes on. Used by one thread until its run has ended.
 */
final class Cell {
    /** The origin of the bytes. */
    enum Kind {
        /** The time of day. */
        REALTIME,
        /** The time of the clock that never goes back. */
        MONOTONIC,
        /** Random numbers. */
        RANDOM,
        /** The places of an environment. */
        ENVIRONMENT
    }

    private final Kind kind;
    private final int address;
    private final int size;

    /** The bytes that the guest has not overwritten. */
    private final BitSet live;

    /** The bytes that the guest has read. */
    private final BitSet read;

    Cell(Kind kind, int address, int size) {
        this(kind, address, size, new BitSet());
    }

    /**
     * Bytes that the guest may have in several places.
     *
     * @param read those that it has read in any
     */
    Cell(Kind kind, int address, int size, BitSet read) {
        this.kind = kind;
        this.address = address;
        this.size = size;
        this.read = read;
        this.live = new BitSet(size);
        live.set(0, size);
    }

    Kind kind() {
        return kind;
    }

    int address() {
        return address;
    }

    int size() {
        return size;
    }

    BitSet live() {
        return live;
    }

    BitSet read() {
        return read;
    }

    /** Whether a range has live bytes of this. */
    boolean meets(int from, int length) {
        if (!overlaps(from, length)) {
            return false;
        }
        int next = live.nextSetBit(Math.max(from - address, 0));
        return next >= 0 && next < (long) from + length - address;
    }

    private boolean overlaps(int from, int length) {
        return from < (long) address + size && (long) from + length > address;
    }

    /** Notes that live bytes of a range are read. */
    void markRead(int from, int length) {
        int first = Math.max(from - address, 0);
        int last = (int) Math.min((long) from + length - address, size);
        for (int i = live.nextSetBit(first); i >= 0 && i < last; i = live.nextSetBit(i + 1)) {
            read.set(i);
        }
    }

    /** Notes that a range is overwritten. */
    void markWritten(int from, int length) {
        if (overlaps(from, length)) {
            int first = Math.max(from - address, 0);
            live.clear(first, (int) Math.min((long) from + length - address, size));
        }
    }
}
