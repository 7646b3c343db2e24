package dev.jetway.module.binary;

import java.util.List;

/**
 * A block that is open.
 *
 * @param opcode that opened it
 * @param type what it takes and leaves
 * @param depth blocks around it in what is written
 * @param catches its handlers if it is a try_table
 */
record Frame(int opcode, Signature type, int depth, List<CatchClause> catches) {
    /** Values that a branch to it takes along. */
    int arity() {
        return (opcode == Opcode.LOOP ? type.parameters() : type.results()).size();
    }
}
