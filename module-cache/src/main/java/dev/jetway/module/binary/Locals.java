package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.List;

/** The local variables of a function, without its parameters. */
final class Locals {
    /** Maximum in one function, as in other engines. */
    static final int LIMIT = 50_000;

    private Locals() {}

    static List<ValueType> read(BinaryReader in) throws BinaryException {
        var locals = new ArrayList<ValueType>();
        for (int left = in.count(); left > 0; left--) {
            int count = in.u32();
            if (count < 0 || count > LIMIT - locals.size()) {
                throw in.malformed("too many locals, the limit is " + LIMIT);
            }
            ValueType type = ValueType.read(in);
            for (int i = 0; i < count; i++) {
                locals.add(type);
            }
        }
        return locals;
    }
}
