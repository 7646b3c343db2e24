package dev.jetway.module.codegen;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What generated code calls for each load and store; the JIT inlines all of it. The bounds check of
 * the JVM is the wall around a guest: nothing here forms an address in another way. A store marks
 * the card of its first byte before it writes.
 */
public final class MemoryAccess {
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
     * An address of 32 bits without sign and a constant below 2³¹. Addresses from 2³¹ on stay
     * negative, and so beyond any array.
     */
    private static int address(int base, int offset) {
        return base < 0 ? base : base + offset;
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
    public static byte readByte(int base, int offset, byte[] memory) {
        try {
            return memory[address(base, offset)];
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads 16 bits. */
    public static short readShort(int base, int offset, byte[] memory) {
        try {
            return (short) SHORTS.get(memory, address(base, offset));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads 32 bits. */
    public static int readInt(int base, int offset, byte[] memory) {
        try {
            return (int) INTS.get(memory, address(base, offset));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads 64 bits. */
    public static long readLong(int base, int offset, byte[] memory) {
        try {
            return (long) LONGS.get(memory, address(base, offset));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Loads a number of 32 bits. */
    public static float readFloat(int base, int offset, byte[] memory) {
        return Float.intBitsToFloat(readInt(base, offset, memory));
    }

    /** Loads a number of 64 bits. */
    public static double readDouble(int base, int offset, byte[] memory) {
        return Double.longBitsToDouble(readLong(base, offset, memory));
    }

    /** Stores 8 bits. */
    public static void writeByte(int base, byte value, int offset, byte[] memory, short[] cards) {
        int address = address(base, offset);
        try {
            cards[address >>> SHIFT] = DIRTY;
            memory[address] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 16 bits. */
    public static void writeShort(int base, short value, int offset, byte[] memory, short[] cards) {
        int address = address(base, offset);
        try {
            cards[address >>> SHIFT] = DIRTY;
            SHORTS.set(memory, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 32 bits. */
    public static void writeInt(int base, int value, int offset, byte[] memory, short[] cards) {
        int address = address(base, offset);
        try {
            cards[address >>> SHIFT] = DIRTY;
            INTS.set(memory, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores 64 bits. */
    public static void writeLong(int base, long value, int offset, byte[] memory, short[] cards) {
        int address = address(base, offset);
        try {
            cards[address >>> SHIFT] = DIRTY;
            LONGS.set(memory, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Stores a number of 32 bits. */
    public static void writeFloat(int base, float value, int offset, byte[] memory, short[] cards) {
        writeInt(base, Float.floatToRawIntBits(value), offset, memory, cards);
    }

    /** Stores a number of 64 bits. */
    public static void writeDouble(
            int base, double value, int offset, byte[] memory, short[] cards) {
        writeLong(base, Double.doubleToRawLongBits(value), offset, memory, cards);
    }
}
