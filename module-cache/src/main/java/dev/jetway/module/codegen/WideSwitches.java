package dev.jetway.module.codegen;

import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Turns switches that are too wide for one chunk into a tree of comparisons with narrow switches as
 * leaves.
 */
final class WideSwitches {
    /** Maximum number of targets of a switch: 4 bytes each. */
    static final int MAX_TARGETS = 256;

    private WideSwitches() {}

    /** Replaces the wide switches of a method. */
    static void narrow(MethodNode method) {
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node instanceof TableSwitchInsnNode table && table.labels.size() > MAX_TARGETS) {
                method.instructions.insertBefore(table, tree(table, 0, table.labels.size()));
                method.instructions.remove(table);
            }
        }
    }

    /** Code for an index on the stack within a part of the table, or beyond the table's ends. */
    private static InsnList tree(TableSwitchInsnNode table, int from, int to) {
        var code = new InsnList();
        if (to - from <= MAX_TARGETS) {
            List<LabelNode> labels = table.labels.subList(from, to);
            code.add(
                    new TableSwitchInsnNode(
                            table.min + from,
                            table.min + to - 1,
                            table.dflt,
                            labels.toArray(LabelNode[]::new)));
            return code;
        }
        int middle = (from + to) >>> 1;
        var below = new LabelNode();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new LdcInsnNode(table.min + middle));
        code.add(new JumpInsnNode(Opcodes.IF_ICMPLT, below));
        code.add(tree(table, middle, to));
        code.add(below);
        code.add(tree(table, from, middle));
        return code;
    }
}
