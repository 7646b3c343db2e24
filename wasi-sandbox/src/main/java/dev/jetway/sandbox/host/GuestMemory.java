package dev.jetway.sandbox.host;

import com.dylibso.chicory.runtime.Memory;

/**
 * A guest's memory as host functions use it: nothing is copied before its bounds are checked, and
 * what lies outside is a {@link GuestFault}. Used by the run's thread only.
 */
public final class GuestMemory {
    private final Memory memory;

    /** A memory. */
    public GuestMemory(Memory memory) {
        this.memory = memory;
    }

    /** Whether this is a view of that memory. */
    @SuppressWarnings("ReferenceEquality") // Identity, not equality.
    public boolean wraps(Memory other) {
        return memory == other;
    }

    /**
     * Checks a range before it is used.
     *
     * @param address unsigned
     * @param length bytes, not negative
     * @throws GuestFault if a byte of it lies outside
     */
    public void require(int address, long length) {
        long size = (long) memory.pages() * Memory.PAGE_SIZE;
        if (Integer.toUnsignedLong(address) + length > size) {
            throw new GuestFault();
        }
    }

    /** An i32. */
    public int readInt(int address) {
        require(address, Integer.BYTES);
        return memory.readInt(address);
    }

    /** An i64. */
    public long readLong(int address) {
        require(address, Long.BYTES);
        return memory.readLong(address);
    }

    /** An unsigned byte. */
    public int readByte(int address) {
        require(address, 1);
        return Byte.toUnsignedInt(memory.read(address));
    }

    /** Two bytes, unsigned. */
    public int readShort(int address) {
        require(address, Short.BYTES);
        return Short.toUnsignedInt(memory.readShort(address));
    }

    /** A copy; the caller bounds the length. */
    public byte[] read(int address, int length) {
        require(address, Integer.toUnsignedLong(length));
        return memory.readBytes(address, length);
    }

    /** Writes an i32. */
    public void writeInt(int address, int value) {
        require(address, Integer.BYTES);
        memory.writeI32(address, value);
    }

    /** Writes an i64. */
    public void writeLong(int address, long value) {
        require(address, Long.BYTES);
        memory.writeLong(address, value);
    }

    /** Writes two bytes. */
    public void writeShort(int address, int value) {
        require(address, Short.BYTES);
        memory.writeShort(address, (short) value);
    }

    /** Writes one byte. */
    public void writeByte(int address, int value) {
        require(address, 1);
        memory.writeByte(address, (byte) value);
    }

    /** Writes the first bytes of an array. */
    public void write(int address, byte[] from, int length) {
        require(address, length);
        memory.write(address, from, 0, length);
    }

    /** Writes zeros. */
    public void zero(int address, int length) {
        require(address, length);
        memory.fill((byte) 0, address, address + length);
    }
}
