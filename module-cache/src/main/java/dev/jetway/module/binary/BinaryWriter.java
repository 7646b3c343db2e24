package dev.jetway.module.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the values of the binary format. Used by one thread. */
final class BinaryWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    BinaryWriter octet(int value) {
        out.write(value);
        return this;
    }

    BinaryWriter u32(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    BinaryWriter signed(long value) {
        long rest = value;
        while (rest < -0x40 || rest > 0x3f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        out.write((int) (rest & 0x7f));
        return this;
    }

    BinaryWriter name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return sized(bytes);
    }

    /** Bytes with their number in front. */
    BinaryWriter sized(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    BinaryWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    BinaryWriter raw(byte[] bytes, int start, int end) {
        out.write(bytes, start, end - start);
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
