package dev.jetway.module.codegen;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The addresses of a method's loads and stores, as far as the code of their block tells them: the
 * variable that one is read from, and how large it can be, as that of a table that a masked number
 * chooses from.
 */
final class Addresses {
    /** In place of a variable: the address is a number. No variable has it for its index. */
    static final int NUMBER = 1 << Character.SIZE;

    private static final int UNKNOWN = -1;
    private static final int SHIFTS = Integer.SIZE - 1;
    private static final Word ANYTHING = new Word(UNKNOWN, 0, UNKNOWN);

    private final Instructions code;
    private final Map<AbstractInsnNode, Address> found = new HashMap<>();
    private final Map<Integer, Word> variables = new HashMap<>();

    /** The operand stack; words from before the block are not on it. */
    private Word[] words = new Word[16];

    private int size;

    /**
     * An address as far as it is known.
     *
     * @param variable that it is read from, {@link #NUMBER}, or -1
     * @param offset that is added, in bytes; to 0 if the address is a number
     * @param least the sum is not below it if {@code most} is known
     * @param most the largest that the sum can be, or -1 if that is not known
     */
    record Address(int variable, int offset, long least, long most) {}

    /**
     * An integer on the stack as far as it is known.
     *
     * @param variable that it was read from and that still has that value, or -1
     * @param least not more than it, if {@code most} is known
     * @param most the largest that it can be, or -1 if that is 2³¹ or more
     */
    private record Word(int variable, int least, int most) {
        boolean isNumber() {
            return most >= 0 && least == most;
        }
    }

    private Addresses(Instructions code) {
        this.code = code;
    }

    static Addresses of(Instructions code) {
        var addresses = new Addresses(code);
        addresses.find();
        return addresses;
    }

    /** Null if nothing is known, or if the instruction has no address. */
    @Nullable Address of(AbstractInsnNode instruction) {
        return found.get(instruction);
    }

    private void find() {
        BitSet starts = code.leaders();
        for (int i = 0; i < code.count(); i++) {
            if (starts.get(i)) {
                size = 0;
                variables.clear();
            }
            AbstractInsnNode instruction = code.get(i);
            if (instruction instanceof MethodInsnNode call
                    && (call.name.startsWith("memoryRead") || CardMarks.isStore(call))) {
                add(call, word(StackEffect.of(call).taken()), offset(i));
            }
            execute(instruction);
        }
    }

    /** The constant below the memory, which is the last operand; -1 if it is 2³¹ or more. */
    private int offset(int access) {
        Integer constant = access < 2 ? null : GlobalCode.constant(code.get(access - 2));
        return constant == null ? UNKNOWN : Math.max(constant, UNKNOWN);
    }

    private void add(AbstractInsnNode access, Word base, int offset) {
        if (offset < 0) {
            return;
        }
        long most = base.most < 0 ? UNKNOWN : (long) base.most + offset;
        long least = (long) base.least + offset;
        if (base.isNumber() && most <= Integer.MAX_VALUE) {
            found.put(access, new Address(NUMBER, (int) most, least, most));
        } else if (base.variable >= 0 || most >= 0) {
            found.put(access, new Address(base.variable, offset, least, most));
        }
    }

    /** A word of the stack, 1 being the top. */
    private Word word(int depth) {
        return depth > size ? ANYTHING : words[size - depth];
    }

    private void execute(AbstractInsnNode instruction) {
        StackEffect effect = StackEffect.of(instruction);
        Word top = word(1);
        Word result = result(instruction, top, word(2));
        size = Math.max(0, size - effect.taken());
        for (int i = 0; i < effect.put(); i++) {
            push(result);
        }
        int written = CardMarks.written(instruction);
        if (written >= 0) {
            forget(written);
            variables.put(written, instruction.getOpcode() == Opcodes.ISTORE ? top : ANYTHING);
        }
    }

    private void forget(int variable) {
        for (int i = 0; i < size; i++) {
            Word word = words[i];
            if (word.variable == variable) {
                words[i] = new Word(UNKNOWN, word.least, word.most);
            }
        }
    }

    private void push(Word word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = word;
    }

    /** Each word that an instruction puts on the stack. */
    private Word result(AbstractInsnNode instruction, Word top, Word below) {
        Integer number = GlobalCode.constant(instruction);
        if (number != null) {
            return number < 0 ? ANYTHING : new Word(UNKNOWN, number, number);
        }
        int opcode = instruction.getOpcode();
        if (opcode == Opcodes.ILOAD) {
            int variable = ((VarInsnNode) instruction).var;
            Word value = variables.getOrDefault(variable, ANYTHING);
            return new Word(variable, value.least, value.most);
        }
        if (opcode == Opcodes.DUP) {
            return top;
        }
        long most = most(opcode, top, below);
        int least = opcode == Opcodes.IADD ? top.least + below.least : 0;
        return most < 0 || most > Integer.MAX_VALUE
                ? ANYTHING
                : new Word(UNKNOWN, least, (int) most);
    }

    /** The largest that the result of an operation can be; negative if that is not known. */
    private static long most(int opcode, Word top, Word below) {
        if (opcode == Opcodes.IAND && (top.most < 0 || below.most < 0)) {
            return Math.max(top.most, below.most);
        }
        if (opcode == Opcodes.IUSHR && top.isNumber()) {
            return Integer.toUnsignedLong(below.most >>> (top.most & SHIFTS));
        }
        if (opcode == Opcodes.I2C) {
            return Character.MAX_VALUE;
        }
        if (top.most < 0 || below.most < 0) {
            return UNKNOWN;
        }
        return switch (opcode) {
            case Opcodes.IAND -> Math.min(top.most, below.most);
            case Opcodes.IOR, Opcodes.IXOR ->
                    (1L << (Integer.SIZE - Integer.numberOfLeadingZeros(top.most | below.most)))
                            - 1;
            case Opcodes.IADD -> (long) top.most + below.most;
            case Opcodes.IMUL -> (long) top.most * below.most;
            case Opcodes.ISHL ->
                    top.isNumber() ? (long) below.most << (top.most & SHIFTS) : UNKNOWN;
            default -> UNKNOWN;
        };
    }
}
