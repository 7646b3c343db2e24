package dev.jetway.module.binary;

import dev.jetway.module.binary.BinaryException.Proposal;
import dev.jetway.module.binary.BinaryException.Unsupported;

/**
 * Reads instructions one after the other, each with its immediates, and refuses unsupported
 * proposals by name. Used by one thread.
 */
final class CodeReader {
    private final BinaryReader in;
    private int opcode;
    private int start;
    private int immediatesAt;
    private long immediate;
    private long second;

    CodeReader(BinaryReader in) {
        this.in = in;
    }

    /** The next instruction, if there is one. */
    boolean next() throws BinaryException {
        if (!in.hasMore()) {
            return false;
        }
        start = in.at();
        opcode = in.octet();
        immediate = 0;
        second = 0;
        if (opcode >= 0xfb && opcode <= 0xfe) {
            prefixed();
        } else {
            immediatesAt = in.at();
            immediates();
        }
        return true;
    }

    int opcode() {
        return opcode;
    }

    int start() {
        return start;
    }

    int end() {
        return in.at();
    }

    /** Position after the opcode. */
    int immediatesAt() {
        return immediatesAt;
    }

    /** The first immediate: an index, a label or a whole number. */
    long immediate() {
        return immediate;
    }

    /** The second immediate; the offset of a load or store. */
    long second() {
        return second;
    }

    private void immediates() throws BinaryException {
        switch (opcode) {
            case 0x02, 0x03, 0x04 -> BlockType.read(in);
            case 0x1f -> tryTable();
            case 0x0e -> labels();
            case 0x1c -> selectTypes();
            case 0x41 -> immediate = in.s32();
            case 0x42 -> immediate = in.s64();
            case 0x43 -> in.part(Float.BYTES);
            case 0x44 -> in.part(Double.BYTES);
            case 0xd0 -> ValueType.heapType(in);
            case 0x11, 0x13 -> two();
            case 0x08, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15 -> one();
            case 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26 -> one();
            case 0x3f, 0x40, 0xd2, 0xd5, 0xd6 -> one();
            case 0x00, 0x01, 0x05, 0x0a, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1, 0xd4 -> {}
            case 0x06, 0x07, 0x09, 0x18, 0x19 -> throw new Unsupported(Proposal.LEGACY_EXCEPTIONS);
            case 0xd3 -> throw new Unsupported(Proposal.GARBAGE_COLLECTION);
            case 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6 ->
                    throw new Unsupported(Proposal.STACK_SWITCHING);
            default -> memoryOrArithmetic();
        }
    }

    private void memoryOrArithmetic() throws BinaryException {
        if (opcode >= 0x28 && opcode <= 0x3e) {
            memoryArgument();
        } else if (opcode < 0x45 || opcode > 0xc4) {
            throw illegal();
        }
    }

    private void prefixed() throws BinaryException {
        int prefix = opcode;
        int number = in.u32();
        opcode = (prefix << 8) | (number & 0xff);
        immediatesAt = in.at();
        switch (prefix) {
            case 0xfb -> throw new Unsupported(Proposal.GARBAGE_COLLECTION);
            case 0xfd ->
                    throw new Unsupported(number >= 0x100 ? Proposal.RELAXED_SIMD : Proposal.SIMD);
            case 0xfe -> throw new Unsupported(Proposal.THREADS);
            default -> miscellaneous(number);
        }
    }

    private void miscellaneous(int number) throws BinaryException {
        switch (number) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {}
            case 8, 10, 12, 14 -> two();
            case 9, 11, 13, 15, 16, 17 -> one();
            case 19, 20, 21, 22 -> throw new Unsupported(Proposal.WIDE_ARITHMETIC);
            default -> throw illegal();
        }
    }

    private void one() throws BinaryException {
        immediate = Integer.toUnsignedLong(in.u32());
    }

    private void two() throws BinaryException {
        one();
        second = Integer.toUnsignedLong(in.u32());
    }

    private void memoryArgument() throws BinaryException {
        int flags = in.u32();
        if (flags < 0 || flags >= 0x80) {
            throw in.malformed("malformed memop flags");
        }
        if ((flags & 0x40) != 0 && in.u32() != 0) {
            throw new Unsupported(Proposal.MULTI_MEMORY);
        }
        second = Integer.toUnsignedLong(in.u32());
    }

    private void labels() throws BinaryException {
        for (int left = in.count(); left > 0; left--) {
            in.u32();
        }
        in.u32();
    }

    private void selectTypes() throws BinaryException {
        for (int left = in.count(); left > 0; left--) {
            ValueType.read(in);
        }
    }

    private void tryTable() throws BinaryException {
        BlockType.read(in);
        for (int left = in.count(); left > 0; left--) {
            CatchClause.read(in);
        }
    }

    private BinaryException illegal() {
        return in.malformed("illegal opcode " + Integer.toHexString(opcode));
    }
}
