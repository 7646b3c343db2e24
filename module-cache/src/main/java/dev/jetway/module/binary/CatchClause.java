package dev.jetway.module.binary;

/**
 * One handler of a try_table.
 *
 * @param tag that it catches, or -1 for all
 * @param reference whether the handler is given the exception itself behind its values
 * @param label where the handler is
 */
record CatchClause(int tag, boolean reference, int label) {
    private static final int ALL = -1;

    static CatchClause read(BinaryReader in) throws BinaryException {
        int kind = in.octet();
        if (kind > 3) {
            throw in.malformed("malformed catch clause");
        }
        int tag = kind < 2 ? in.u32() : ALL;
        return new CatchClause(tag, (kind & 1) != 0, in.u32());
    }

    boolean catchesAll() {
        return tag == ALL;
    }

    /** This clause with its handler at another label. */
    void write(int elsewhere, BinaryWriter out) {
        int kind = (catchesAll() ? 2 : 0) + (reference ? 1 : 0);
        out.octet(kind);
        if (!catchesAll()) {
            out.u32(tag);
        }
        out.u32(elsewhere);
    }
}
