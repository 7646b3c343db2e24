package dev.jetway.module.binary;

import java.util.List;

/** The parameters and results of a block. */
sealed interface BlockType {
    /** The byte for no value; as a signed number of 33 bits it is -64. */
    int EMPTY = 0x40;

    /** One value at most. */
    record Simple(List<ValueType> results) implements BlockType {}

    /** A type of the module. */
    record Indexed(int type) implements BlockType {}

    static BlockType read(BinaryReader in) throws BinaryException {
        int at = in.at();
        long number = in.s33();
        if (number >= 0) {
            return new Indexed((int) Math.min(number, Integer.MAX_VALUE));
        }
        if (number == EMPTY - 0x80) {
            return new Simple(List.of());
        }
        return new Simple(List.of(ValueType.read(in.from(at))));
    }

    /** The block's type as a function type. */
    default Signature signature(Outline outline, BinaryReader in) throws BinaryException {
        return switch (this) {
            case Simple simple -> new Signature(List.of(), simple.results());
            case Indexed indexed -> outline.type(indexed.type(), in);
        };
    }
}
