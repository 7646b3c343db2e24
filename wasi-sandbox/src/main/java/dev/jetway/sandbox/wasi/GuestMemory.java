package dev.jetway.sandbox.wasi;

import com.dylibso.chicory.runtime.Memory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.LimitHits;

/** A guest's memory as host functions use it: nothing is copied before its bounds are checked. */
final class GuestMemory {
    private final Memory memory;
    private final int pathLength;
    private final LimitHits met;

    /**
     * A memory.
     *
     * @param pathLength bytes of a path at most
     */
    GuestMemory(Memory memory, int pathLength, LimitHits met) {
        this.memory = memory;
        this.pathLength = pathLength;
        this.met = met;
    }

    /** Whether this is that memory. */
    @SuppressWarnings("ReferenceEquality") // The very one, not one like it.
    boolean wraps(Memory other) {
        return memory == other;
    }

    /**
     * Checks a range before it is used.
     *
     * @param address unsigned
     * @param length bytes, not negative
     */
    void require(int address, long length) {
        long size = (long) memory.pages() * Memory.PAGE_SIZE;
        if (Integer.toUnsignedLong(address) + length > size) {
            throw new GuestFault();
        }
    }

    int readInt(int address) {
        require(address, Integer.BYTES);
        return memory.readInt(address);
    }

    long readLong(int address) {
        require(address, Long.BYTES);
        return memory.readLong(address);
    }

    int readByte(int address) {
        require(address, 1);
        return Byte.toUnsignedInt(memory.read(address));
    }

    int readShort(int address) {
        require(address, Short.BYTES);
        return Short.toUnsignedInt(memory.readShort(address));
    }

    /** A copy; the caller bounds the length. */
    byte[] read(int address, int length) {
        require(address, Integer.toUnsignedLong(length));
        return memory.readBytes(address, length);
    }

    /** A path: too long is an error before it is copied. */
    byte[] readPath(int address, int length) {
        require(address, Integer.toUnsignedLong(length));
        if (Integer.compareUnsigned(length, pathLength) > 0) {
            met.add("path-length");
            throw Errno.NAMETOOLONG.failure();
        }
        return memory.readBytes(address, length);
    }

    void writeInt(int address, int value) {
        require(address, Integer.BYTES);
        memory.writeI32(address, value);
    }

    void writeLong(int address, long value) {
        require(address, Long.BYTES);
        memory.writeLong(address, value);
    }

    void writeShort(int address, int value) {
        require(address, Short.BYTES);
        memory.writeShort(address, (short) value);
    }

    void writeByte(int address, int value) {
        require(address, 1);
        memory.writeByte(address, (byte) value);
    }

    void write(int address, byte[] from, int length) {
        require(address, length);
        memory.write(address, from, 0, length);
    }

    void zero(int address, int length) {
        require(address, length);
        memory.fill((byte) 0, address, address + length);
    }
}
