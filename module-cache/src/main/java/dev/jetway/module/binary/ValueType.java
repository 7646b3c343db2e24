package dev.jetway.module.binary;

import dev.jetway.module.binary.BinaryException.Proposal;
import dev.jetway.module.binary.BinaryException.Unsupported;

/**
 * A value type.
 *
 * @param code of the binary format; {@link #NULLABLE} or {@link #NON_NULL} for each reference
 * @param heap what a reference refers to: the index of a type, or an abstract one below zero
 */
record ValueType(int code, long heap) {
    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F32 = 0x7d;
    static final int F64 = 0x7c;
    static final int NULLABLE = 0x63;
    static final int NON_NULL = 0x64;
    static final ValueType INT = new ValueType(I32, 0);
    static final ValueType EXCEPTION = new ValueType(NULLABLE, -0x17);
    private static final int V128 = 0x7b;
    private static final long FUNC = -0x10;
    private static final long EXTERN = -0x11;
    private static final long EXN = -0x17;

    static ValueType read(BinaryReader in) throws BinaryException {
        int code = in.octet();
        return switch (code) {
            case I32, I64, F32, F64 -> new ValueType(code, 0);
            case V128 -> throw new Unsupported(Proposal.SIMD);
            case NULLABLE, NON_NULL -> new ValueType(code, heapType(in));
            default -> new ValueType(NULLABLE, abstractHeapType(code - 0x80, in));
        };
    }

    /** An index, or one of the abstract types. */
    static long heapType(BinaryReader in) throws BinaryException {
        long heap = in.s33();
        return heap >= 0 ? heap : abstractHeapType(heap, in);
    }

    private static long abstractHeapType(long heap, BinaryReader in) throws BinaryException {
        if (heap == FUNC || heap == EXTERN || heap == EXN) {
            return heap;
        }
        // 0x6a … 0x6e and 0x71 … 0x74 in one byte.
        if ((heap >= -0x16 && heap <= -0x12) || (heap >= -0x0f && heap <= -0x0c)) {
            throw new Unsupported(Proposal.GARBAGE_COLLECTION);
        }
        throw in.malformed("malformed type");
    }

    boolean isReference() {
        return code == NULLABLE || code == NON_NULL;
    }

    /** Words of the JVM's stack or of a method's parameters. */
    int slots() {
        return code == I64 || code == F64 ? 2 : 1;
    }

    ValueType nullable() {
        return code == NON_NULL ? new ValueType(NULLABLE, heap) : this;
    }

    void write(BinaryWriter out) {
        out.octet(code);
        if (isReference()) {
            out.signed(heap);
        }
    }

    /** The instruction for its zero or null; empty for references that are never null. */
    void writeDefault(BinaryWriter out) {
        switch (code) {
            case I32 -> out.octet(0x41).octet(0);
            case I64 -> out.octet(0x42).octet(0);
            case F32 -> out.octet(0x43).raw(new byte[Float.BYTES]);
            case F64 -> out.octet(0x44).raw(new byte[Double.BYTES]);
            default -> out.octet(0xd0).signed(heap);
        }
    }
}
