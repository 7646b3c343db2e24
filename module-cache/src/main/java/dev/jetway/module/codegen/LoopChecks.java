package dev.jetway.module.codegen;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes two loops of each loop of a method: the inner one counts its turns down in a local, the
 * outer one checks for an interrupt and sets the count. So the JIT has a loop without a volatile
 * read, which it keeps where it is, and may count and unroll that loop and check addresses before
 * it. The local is one for all loops of a method: it is only raised after a check.
 */
final class LoopChecks {
    /** Maximum bytes of code for a check. */
    static final int GROWTH = 24;

    /** Instructions of a method between two checks, those of its calls left out. */
    private static final int WORK = 1 << 16;

    /** Instructions that a call counts for: a function that does not check has no more. */
    private static final int CALL = InterruptChecks.SMALL;

    private final MethodNode method;
    private final int turns;

    /** Labels that this method jumps back to. */
    private final Set<LabelNode> heads = new HashSet<>();

    /** The beginning of the outer loop of each inner one. */
    private final Map<LabelNode, LabelNode> outer = new HashMap<>();

    private int size;

    /**
     * Checks of a method.
     *
     * @param turns a free slot
     */
    LoopChecks(MethodNode method, int turns) {
        this.method = method;
        this.turns = turns;
        var before = new HashSet<LabelNode>();
        for (AbstractInsnNode node : method.instructions) {
            size += node instanceof MethodInsnNode call && MemoryCode.mayReplace(call) ? CALL : 1;
            if (node instanceof LabelNode label) {
                before.add(label);
            }
            Instructions.targets(node).stream().filter(before::contains).forEach(heads::add);
        }
    }

    /**
     * Replaces a check before a jump to the head of a loop. Others, of loops that are in more than
     * one method or of a switch, stay.
     *
     * @param check as generated code calls it
     * @return whether it was one
     */
    boolean replace(MethodInsnNode call, InsnList check) {
        if (!(call.getNext() instanceof JumpInsnNode jump)
                || jump.getOpcode() != Opcodes.GOTO
                || !heads.contains(jump.label)) {
            return false;
        }
        InsnList code = method.instructions;
        LabelNode inner = jump.label;
        LabelNode begin = outer.get(inner);
        if (begin == null) {
            begin = new LabelNode();
            outer.put(inner, begin);
            code.insertBefore(inner, begin);
            code.insertBefore(inner, check);
            code.insertBefore(inner, count(Math.max(1, WORK / size)));
        }
        code.insertBefore(call, new IincInsnNode(turns, -1));
        code.insertBefore(call, new VarInsnNode(Opcodes.ILOAD, turns));
        code.set(call, new JumpInsnNode(Opcodes.IFGE, inner));
        jump.label = begin;
        return true;
    }

    private InsnList count(int number) {
        var code = new MethodNode();
        Values.push(code, number);
        code.visitVarInsn(Opcodes.ISTORE, turns);
        return code.instructions;
    }

    /** Code for the beginning of the method: a loop that is entered elsewhere checks at once. */
    InsnList start() {
        var code = new InsnList();
        if (!outer.isEmpty()) {
            code.add(new InsnNode(Opcodes.ICONST_0));
            code.add(new VarInsnNode(Opcodes.ISTORE, turns));
        }
        return code;
    }
}
