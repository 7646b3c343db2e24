package dev.jetway.module.codegen;

import org.objectweb.asm.Type;

/**
 * A basic block: instructions that run one after the other.
 *
 * @param from its first instruction
 * @param to behind its last instruction
 * @param size bytes of code
 * @param stack what lies on the stack where it begins, deepest first
 * @param next blocks that may follow, each once
 * @param handlers blocks that take an exception of this one, the first that applies first
 * @param fallsThrough whether the block behind it may follow without a jump
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared; there are many of them.
record Block(
        int from,
        int to,
        int size,
        Type[] stack,
        int[] next,
        int[] handlers,
        boolean fallsThrough) {}
