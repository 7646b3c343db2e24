package dev.jetway.module.codegen;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Type;

/**
 * The frame that holds values between two chunks: an array of numbers and one of references. The
 * result has the first place of each; variables follow, then the stack.
 */
final class SplitFrame {
    /** Position of the chunk in an entry's number. */
    static final int CHUNK_SHIFT = 16;

    private final int[] placeOf;
    private final int[] entryOf;
    private int numbers = 1;
    private int references = 1;
    private final boolean usesReferences;
    private int deepest;

    /** A frame for the blocks that are entered from other chunks. */
    SplitFrame(Liveness liveness, Partition partition, Type result) {
        FlowGraph graph = liveness.graph();
        BitSet entered = entered(graph.blocks(), partition);
        entryOf = new int[graph.blocks().size()];
        Arrays.fill(entryOf, -1);
        List<Variable> variables = graph.variables();
        placeOf = new int[variables.size()];
        var crossing = new BitSet();
        boolean referencesOnStack = Values.isReference(result);
        int[] entries = new int[partition.chunks()];
        for (int b : entered.stream().toArray()) {
            int chunk = partition.chunkOf(b);
            entryOf[b] = chunk << CHUNK_SHIFT | entries[chunk];
            entries[chunk]++;
            crossing.or(liveness.in(b));
            Type[] stack = graph.blocks().get(b).stack();
            deepest = Math.max(deepest, stack.length);
            referencesOnStack |= Arrays.stream(stack).anyMatch(Values::isReference);
        }
        for (int v : crossing.stream().toArray()) {
            placeOf[v] = variables.get(v).isReference() ? references++ : numbers++;
        }
        usesReferences = referencesOnStack || references > 1;
    }

    private static BitSet entered(List<Block> blocks, Partition partition) {
        var entered = new BitSet();
        entered.set(0);
        for (int b = 0; b < blocks.size(); b++) {
            for (int next : blocks.get(b).next()) {
                if (!partition.stays(b, next)) {
                    entered.set(next);
                }
            }
            for (int handler : blocks.get(b).handlers()) {
                if (partition.chunkOf(b) != partition.chunkOf(handler)) {
                    entered.set(handler);
                }
            }
        }
        return entered;
    }

    /**
     * The entry number of a block, or -1: its chunk in the upper 16 bits, its index among the
     * chunk's entries in the lower 16.
     */
    int entryOf(int block) {
        return entryOf[block];
    }

    /** The place of a variable that lives between chunks. */
    int placeOf(int variable) {
        if (placeOf[variable] == 0) {
            throw new IllegalStateException("a variable that does not cross");
        }
        return placeOf[variable];
    }

    boolean hasPlace(int variable) {
        return placeOf[variable] != 0;
    }

    /** The place of a value on the stack. */
    int placeOnStack(Type type, int depth) {
        return depth + (Values.isReference(type) ? references : numbers);
    }

    boolean usesReferences() {
        return usesReferences;
    }

    int numbers() {
        return numbers + deepest;
    }

    int references() {
        return references + deepest;
    }
}
