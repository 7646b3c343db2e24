package dev.jetway.module.codegen;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * Computes the variables that are read before they are written, from the start of each block on.
 */
final class Liveness {
    private final FlowGraph graph;
    private final BitSet[] in;

    Liveness(FlowGraph graph) {
        this.graph = graph;
        List<Block> blocks = graph.blocks();
        in = new BitSet[blocks.size()];
        for (int b = 0; b < in.length; b++) {
            in[b] = new BitSet();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int b = in.length - 1; b >= 0; b--) {
                Block block = blocks.get(b);
                var live = new BitSet();
                for (int next : block.next()) {
                    live.or(in[next]);
                }
                before(graph, block, live);
                for (int handler : block.handlers()) {
                    live.or(in[handler]);
                }
                if (!live.equals(in[b])) {
                    in[b] = live;
                    changed = true;
                }
            }
        }
    }

    /** Turns the variables live after a block into those live before it. */
    static void before(FlowGraph graph, Block block, BitSet needed) {
        for (int i = block.to() - 1; i >= block.from(); i--) {
            int variable = graph.variableOf(i);
            if (variable >= 0) {
                needed.set(variable, !writesOnly(graph.code().get(i)));
            }
        }
    }

    /** The variables that a block writes. */
    static BitSet written(FlowGraph graph, Block block) {
        var written = new BitSet();
        for (int i = block.from(); i < block.to(); i++) {
            int variable = graph.variableOf(i);
            if (variable >= 0 && !isLoad(graph.code().get(i))) {
                written.set(variable);
            }
        }
        return written;
    }

    private static boolean isLoad(AbstractInsnNode node) {
        return node.getOpcode() >= Opcodes.ILOAD && node.getOpcode() <= Opcodes.ALOAD;
    }

    private static boolean writesOnly(AbstractInsnNode node) {
        return node.getOpcode() >= Opcodes.ISTORE && node.getOpcode() <= Opcodes.ASTORE;
    }

    BitSet in(int block) {
        return in[block];
    }

    FlowGraph graph() {
        return graph;
    }
}
