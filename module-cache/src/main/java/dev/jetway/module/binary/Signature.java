package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.List;

/** The type of a function or of a block. */
record Signature(List<ValueType> parameters, List<ValueType> results) {
    /** Maximum number of parameters and of results, as in other engines. */
    static final int LIMIT = 1000;

    private static final int FUNCTION = 0x60;

    Signature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /** Reads the parameters and results of a function type. */
    static Signature read(BinaryReader in) throws BinaryException {
        return new Signature(types(in), types(in));
    }

    private static List<ValueType> types(BinaryReader in) throws BinaryException {
        int count = in.count();
        if (count > LIMIT) {
            throw in.malformed("a type of " + count + " values, the limit is " + LIMIT);
        }
        var types = new ArrayList<ValueType>(count);
        for (int i = 0; i < count; i++) {
            types.add(ValueType.read(in));
        }
        return types;
    }

    void write(BinaryWriter out) {
        out.octet(FUNCTION);
        write(parameters, out);
        write(results, out);
    }

    private static void write(List<ValueType> types, BinaryWriter out) {
        out.u32(types.size());
        types.forEach(t -> t.write(out));
    }
}
