package dev.jetway.module.codegen;

import java.util.Arrays;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The operand stack within a block: which words are integers read from a variable that still has
 * that value. Words from before the block are unknown.
 */
final class AddressStack {
    private static final int UNKNOWN = -1;

    private int[] words = new int[16];
    private int size;

    /** A new block begins. */
    void clear() {
        size = 0;
    }

    /** The variable of a word, 1 being the top; -1 if it is unknown. */
    int at(int depth) {
        return depth > size ? UNKNOWN : words[size - depth];
    }

    /** Executes an instruction. */
    void execute(AbstractInsnNode node) {
        if (node.getOpcode() == Opcodes.ILOAD) {
            push(((VarInsnNode) node).var);
            return;
        }
        StackEffect effect = StackEffect.of(node);
        size = Math.max(0, size - effect.taken());
        for (int i = 0; i < effect.put(); i++) {
            push(UNKNOWN);
        }
        int written = CardMarks.written(node);
        if (written >= 0) {
            for (int i = 0; i < size; i++) {
                words[i] = words[i] == written ? UNKNOWN : words[i];
            }
        }
    }

    private void push(int word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = word;
    }
}
