package dev.jetway.module.memory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The loads and stores of generated code; the JIT inlines all of it. The check in {@link #at}
 * enforces the end of a guest's memory, and the JVM's own check of the array, which may be longer,
 * protects the host. With {@link #ARRAY_IS_EXACT} for the limit the latter is both. A store marks
 * the card of its first byte before it writes; one without cards follows another that has marked a
 * card nearby ({@link LinearMemory#NEAR}).
 */
public final class MemoryAccess {
    /** A limit that says that the array is exactly as long as the memory. */
    public static final int ARRAY_IS_EXACT = -1;

    private static final int SHIFT = LinearMemory.CARD_SHIFT;
    private static final short DIRTY = 1;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private MemoryAccess() {}

    /**
     * The index of bytes whose address is the sum of an unsigned 32-bit number and a constant below
     * 2³¹; negative, for the JVM's check, if that is 2³¹ or more. The last byte is compared, so
     * that accesses of all sizes have one limit and the JIT merges the checks of neighbours.
     */
    private static int at(int base, int offset, int size, int limit) {
        int address = offset == 0 || base < 0 ? base : base + offset;
        if (limit != ARRAY_IS_EXACT) {
            Objects.checkIndex(address + (size - 1), limit);
        }
        return address;
    }

    private static WasmRuntimeException outOfBounds() {
        return new WasmRuntimeException("out of bounds memory access");
    }

    /** Ends a guest that was told to end. */
    public static void check(LinearMemory memory) {
        if (memory.stopped) {
            throw new ChicoryInterruptedException("Thread interrupted");
        }
    }

    /** Loads 8 bits. */
    public static byte readByte(int base, int offset, byte[] memory, int limit) {
        try {
            return memory[at(base, offset, 1, limit)];
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads 16 bits. */
    public static short readShort(int base, int offset, byte[] memory, int limit) {
        try {
            return (short) SHORTS.get(memory, at(base, offset, 2, limit));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads 32 bits. */
    public static int readInt(int base, int offset, byte[] memory, int limit) {
        try {
            return (int) INTS.get(memory, at(base, offset, 4, limit));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads 64 bits. */
    public static long readLong(int base, int offset, byte[] memory, int limit) {
        try {
            return (long) LONGS.get(memory, at(base, offset, 8, limit));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads a number of 32 bits. */
    public static float readFloat(int base, int offset, byte[] memory, int limit) {
        return Float.intBitsToFloat(readInt(base, offset, memory, limit));
    }

    /** Loads a number of 64 bits. */
    public static double readDouble(int base, int offset, byte[] memory, int limit) {
        return Double.longBitsToDouble(readLong(base, offset, memory, limit));
    }

    /** Stores 8 bits. */
    public static void writeByte(
            int base, byte value, int offset, byte[] memory, int limit, short[] cards) {
        try {
            int address = at(base, offset, 1, limit);
            cards[address >>> SHIFT] = DIRTY;
            memory[address] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 16 bits. */
    public static void writeShort(
            int base, short value, int offset, byte[] memory, int limit, short[] cards) {
        try {
            int address = at(base, offset, 2, limit);
            cards[address >>> SHIFT] = DIRTY;
            SHORTS.set(memory, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 32 bits. */
    public static void writeInt(
            int base, int value, int offset, byte[] memory, int limit, short[] cards) {
        try {
            int address = at(base, offset, 4, limit);
            cards[address >>> SHIFT] = DIRTY;
            INTS.set(memory, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 64 bits. */
    public static void writeLong(
            int base, long value, int offset, byte[] memory, int limit, short[] cards) {
        try {
            int address = at(base, offset, 8, limit);
            cards[address >>> SHIFT] = DIRTY;
            LONGS.set(memory, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores a number of 32 bits. */
    public static void writeFloat(
            int base, float value, int offset, byte[] memory, int limit, short[] cards) {
        writeInt(base, Float.floatToRawIntBits(value), offset, memory, limit, cards);
    }

    /** Stores a number of 64 bits. */
    public static void writeDouble(
            int base, double value, int offset, byte[] memory, int limit, short[] cards) {
        writeLong(base, Double.doubleToRawLongBits(value), offset, memory, limit, cards);
    }

    /** Stores 8 bits near a marked card. */
    public static void writeByte(int base, byte value, int offset, byte[] memory, int limit) {
        try {
            memory[at(base, offset, 1, limit)] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 16 bits near a marked card. */
    public static void writeShort(int base, short value, int offset, byte[] memory, int limit) {
        try {
            SHORTS.set(memory, at(base, offset, 2, limit), value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 32 bits near a marked card. */
    public static void writeInt(int base, int value, int offset, byte[] memory, int limit) {
        try {
            INTS.set(memory, at(base, offset, 4, limit), value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 64 bits near a marked card. */
    public static void writeLong(int base, long value, int offset, byte[] memory, int limit) {
        try {
            LONGS.set(memory, at(base, offset, 8, limit), value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores a number of 32 bits near a marked card. */
    public static void writeFloat(int base, float value, int offset, byte[] memory, int limit) {
        writeInt(base, Float.floatToRawIntBits(value), offset, memory, limit);
    }

    /** Stores a number of 64 bits near a marked card. */
    public static void writeDouble(int base, double value, int offset, byte[] memory, int limit) {
        writeLong(base, Double.doubleToRawLongBits(value), offset, memory, limit);
    }
}
