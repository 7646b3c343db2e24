package dev.jetway.module.memory;

/**
 * {@link MemoryAccess} for generated code that is watched: the same methods, each of which tells
 * the {@link GuestWatch} of the thread first.
 */
public final class WatchedAccess {
    /** The watch of the guest that runs on this thread. */
    public static final ScopedValue<GuestWatch> WATCH = ScopedValue.newInstance();

    private WatchedAccess() {}

    /** Asks the watch at which depth a function begins. */
    public static int depth() {
        return WATCH.get().depth();
    }

    /** Tells the watch that a function is about to call another one. */
    public static void enter(int depth, int function, int site, long[] values) {
        WATCH.get().enter(depth, function, site, values);
    }

    private static void reads(int base, int offset, int size) {
        long address = Integer.toUnsignedLong(base) + Integer.toUnsignedLong(offset);
        if (address <= Integer.MAX_VALUE) {
            WATCH.get().read((int) address, size);
        }
    }

    private static void writes(int base, int offset, int size) {
        long address = Integer.toUnsignedLong(base) + Integer.toUnsignedLong(offset);
        if (address <= Integer.MAX_VALUE) {
            WATCH.get().written((int) address, size);
        }
    }

    /** A load. */
    public static byte readByte(int base, int offset, byte[] memory, int limit) {
        reads(base, offset, 1);
        return MemoryAccess.readByte(base, offset, memory, limit);
    }

    /** A load. */
    public static short readShort(int base, int offset, byte[] memory, int limit) {
        reads(base, offset, 2);
        return MemoryAccess.readShort(base, offset, memory, limit);
    }

    /** A load. */
    public static int readInt(int base, int offset, byte[] memory, int limit) {
        reads(base, offset, 4);
        return MemoryAccess.readInt(base, offset, memory, limit);
    }

    /** A load. */
    public static long readLong(int base, int offset, byte[] memory, int limit) {
        reads(base, offset, 8);
        return MemoryAccess.readLong(base, offset, memory, limit);
    }

    /** A load. */
    public static float readFloat(int base, int offset, byte[] memory, int limit) {
        reads(base, offset, 4);
        return MemoryAccess.readFloat(base, offset, memory, limit);
    }

    /** A load. */
    public static double readDouble(int base, int offset, byte[] memory, int limit) {
        reads(base, offset, 8);
        return MemoryAccess.readDouble(base, offset, memory, limit);
    }

    /** A store that marks its card. */
    public static void writeByte(
            int base, byte value, int offset, byte[] memory, int limit, short[] cards) {
        writes(base, offset, 1);
        MemoryAccess.writeByte(base, value, offset, memory, limit, cards);
    }

    /** A store that marks its card. */
    public static void writeShort(
            int base, short value, int offset, byte[] memory, int limit, short[] cards) {
        writes(base, offset, 2);
        MemoryAccess.writeShort(base, value, offset, memory, limit, cards);
    }

    /** A store that marks its card. */
    public static void writeInt(
            int base, int value, int offset, byte[] memory, int limit, short[] cards) {
        writes(base, offset, 4);
        MemoryAccess.writeInt(base, value, offset, memory, limit, cards);
    }

    /** A store that marks its card. */
    public static void writeLong(
            int base, long value, int offset, byte[] memory, int limit, short[] cards) {
        writes(base, offset, 8);
        MemoryAccess.writeLong(base, value, offset, memory, limit, cards);
    }

    /** A store that marks its card. */
    public static void writeFloat(
            int base, float value, int offset, byte[] memory, int limit, short[] cards) {
        writes(base, offset, 4);
        MemoryAccess.writeFloat(base, value, offset, memory, limit, cards);
    }

    /** A store that marks its card. */
    public static void writeDouble(
            int base, double value, int offset, byte[] memory, int limit, short[] cards) {
        writes(base, offset, 8);
        MemoryAccess.writeDouble(base, value, offset, memory, limit, cards);
    }

    /** A store near one that has marked its card. */
    public static void writeByte(int base, byte value, int offset, byte[] memory, int limit) {
        writes(base, offset, 1);
        MemoryAccess.writeByte(base, value, offset, memory, limit);
    }

    /** A store near one that has marked its card. */
    public static void writeShort(int base, short value, int offset, byte[] memory, int limit) {
        writes(base, offset, 2);
        MemoryAccess.writeShort(base, value, offset, memory, limit);
    }

    /** A store near one that has marked its card. */
    public static void writeInt(int base, int value, int offset, byte[] memory, int limit) {
        writes(base, offset, 4);
        MemoryAccess.writeInt(base, value, offset, memory, limit);
    }

    /** A store near one that has marked its card. */
    public static void writeLong(int base, long value, int offset, byte[] memory, int limit) {
        writes(base, offset, 8);
        MemoryAccess.writeLong(base, value, offset, memory, limit);
    }

    /** A store near one that has marked its card. */
    public static void writeFloat(int base, float value, int offset, byte[] memory, int limit) {
        writes(base, offset, 4);
        MemoryAccess.writeFloat(base, value, offset, memory, limit);
    }

    /** A store near one that has marked its card. */
    public static void writeDouble(int base, double value, int offset, byte[] memory, int limit) {
        writes(base, offset, 8);
        MemoryAccess.writeDouble(base, value, offset, memory, limit);
    }
}
