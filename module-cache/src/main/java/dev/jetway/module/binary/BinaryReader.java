package dev.jetway.module.binary;

import dev.jetway.module.binary.BinaryException.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the values of the binary format, each within its bounds. Used by one thread. */
final class BinaryReader {
    private static final int U32_BITS = 32;
    private static final int S33_BITS = 33;
    private static final int S64_BITS = 64;

    private final byte[] bytes;
    private final int end;
    private int at;

    BinaryReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    boolean hasMore() {
        return at < end;
    }

    /** Goes back to the start of a value. */
    BinaryReader from(int position) {
        at = position;
        return this;
    }

    /** A reader of the next bytes; this reader continues after them. */
    BinaryReader part(int size) throws Malformed {
        if (size < 0 || size > end - at) {
            throw malformed("length out of bounds");
        }
        var part = new BinaryReader(bytes, at, at + size);
        at += size;
        return part;
    }

    void requireEnd() throws Malformed {
        if (hasMore()) {
            throw malformed("size mismatch");
        }
    }

    int octet() throws Malformed {
        if (at >= end) {
            throw malformed("unexpected end");
        }
        return bytes[at++] & 0xff;
    }

    /** Reads an index, a size or flags; a value that does not fit an {@code int} is refused. */
    int u32() throws Malformed {
        return (int) leb(U32_BITS, false);
    }

    /** Reads the number of elements that follow, each of at least one byte. */
    int count() throws Malformed {
        int count = u32();
        if (count < 0 || count > end - at) {
            throw malformed("a length out of bounds");
        }
        return count;
    }

    long s32() throws Malformed {
        return leb(U32_BITS, true);
    }

    /** Reads a block type or a heap type. */
    long s33() throws Malformed {
        return leb(S33_BITS, true);
    }

    long s64() throws Malformed {
        return leb(S64_BITS, true);
    }

    /** LEB128 (core specification, "Integers"): no more bytes than needed for all bits. */
    private long leb(int bits, boolean signed) throws Malformed {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int part = octet();
            int left = bits - shift;
            value |= (long) (part & 0x7f) << shift;
            if (left <= 7) {
                requireLast(part, left, signed);
            }
            if ((part & 0x80) == 0) {
                boolean negative = signed && (part & 0x40) != 0 && shift + 7 < S64_BITS;
                return negative ? value | (-1L << (shift + 7)) : value;
            }
        }
    }

    private void requireLast(int part, int left, boolean signed) throws Malformed {
        if ((part & 0x80) != 0) {
            throw malformed("integer representation too long");
        }
        // Bits beyond the number's width must be its sign, or zero.
        int beyond = signed ? part >> (left - 1) : part >> left;
        int allOnes = 0x7f >> (left - 1);
        if (beyond != 0 && !(signed && beyond == allOnes)) {
            throw malformed("integer too large");
        }
    }

    String name() throws Malformed {
        int size = u32();
        int start = at;
        BinaryReader part = part(size);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(part.bytes, part.at, size))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("malformed UTF-8 encoding", start);
        }
    }

    Malformed malformed(String what) {
        return new Malformed(what, at);
    }
}
