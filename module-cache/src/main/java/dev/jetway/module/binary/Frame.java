package dev.jetway.module.binary;

import java.util.List;

/**
 * An open block.
 *
 * @param opcode that opened it
 * @param type what it takes and leaves
 * @param depth blocks around it in what is written
 * @param catches its handlers if it is a try_table
 */
record Frame(int opcode, Signature type, int depth, List<CatchClause> catches) {
    /** The values that a branch to the block carries. */
    int arity() {
        return (opcode == Opcode.LOOP ? type.parameters() : type.results()).size();
    }
}
