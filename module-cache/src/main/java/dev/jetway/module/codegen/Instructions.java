package dev.jetway.module.codegen;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** The instructions of a method by index, without labels. */
final class Instructions {
    private final AbstractInsnNode[] code;
    private final Map<LabelNode, Integer> places = new HashMap<>();
    private final List<TryCatchBlockNode> tries;

    Instructions(MethodNode method) {
        var real = new ArrayList<AbstractInsnNode>(method.instructions.size());
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LabelNode label) {
                places.put(label, real.size());
            } else if (node.getOpcode() >= 0) {
                real.add(node);
            }
        }
        code = real.toArray(AbstractInsnNode[]::new);
        tries = method.tryCatchBlocks;
    }

    int count() {
        return code.length;
    }

    AbstractInsnNode get(int instruction) {
        return code[instruction];
    }

    /** The instruction after a label. */
    int at(LabelNode label) {
        return places.getOrDefault(label, code.length);
    }

    /** Whether control cannot reach the next instruction from this one. */
    boolean ends(int instruction) {
        int opcode = code[instruction].getOpcode();
        return opcode == Opcodes.GOTO
                || opcode == Opcodes.TABLESWITCH
                || opcode == Opcodes.LOOKUPSWITCH
                || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)
                || opcode == Opcodes.ATHROW;
    }

    /** The jump targets of an instruction. */
    static List<LabelNode> targets(AbstractInsnNode instruction) {
        if (instruction instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        if (instruction instanceof TableSwitchInsnNode table) {
            return with(table.labels, table.dflt);
        }
        if (instruction instanceof LookupSwitchInsnNode lookup) {
            return with(lookup.labels, lookup.dflt);
        }
        return List.of();
    }

    private static List<LabelNode> with(List<LabelNode> labels, LabelNode last) {
        var all = new ArrayList<>(labels);
        all.add(last);
        return all;
    }

    /** The handlers of an instruction, the first that applies first. */
    List<TryCatchBlockNode> handlers(int instruction) {
        return tries.isEmpty()
                ? List.of()
                : tries.stream().filter(t -> covers(t, instruction)).toList();
    }

    private boolean covers(TryCatchBlockNode block, int instruction) {
        return at(block.start) <= instruction && instruction < at(block.end);
    }

    /** The instructions at which blocks must begin. */
    BitSet leaders() {
        var leaders = new BitSet();
        leaders.set(0);
        for (int i = 0; i < code.length; i++) {
            List<LabelNode> targets = targets(code[i]);
            targets.forEach(label -> leaders.set(at(label)));
            if (!targets.isEmpty() || ends(i)) {
                leaders.set(i + 1);
            }
        }
        for (TryCatchBlockNode block : tries) {
            leaders.set(at(block.start));
            leaders.set(at(block.end));
            leaders.set(at(block.handler));
        }
        return leaders;
    }
}
