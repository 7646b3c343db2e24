package dev.jetway.module.codegen;

import dev.jetway.module.graph.DominatorTree;
import dev.jetway.module.graph.TreeParts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides the blocks of a method into chunks. A part of a chunk is a block with those that are
 * reached only through it, its dominator tree, without what was cut off ({@link TreeParts}): so the
 * block that chooses what runs next, as in an interpreter's loop, keeps the many small ways on from
 * it. Loops that fit are not cut. Small parts share a chunk.
 */
final class Partition {
    /** Number of chunks that are looked at for room for a part. */
    private static final int OPEN = 16;

    private final List<Block> blocks;
    private final long limit;

    /** The last block that jumps back to each block; -1 if the block begins no loop. */
    private final int[] loopEnd;

    private final int[] chunkOf;

    /** Of each block, the next one in another chunk. */
    private final int[] leaves;

    private final int chunks;

    /** A range of blocks that is not cut. */
    private record Atom(int first, int last, long size) {}

    Partition(FlowGraph graph, int limit) {
        this.blocks = graph.blocks();
        this.limit = limit;
        int count = blocks.size();
        loopEnd = new int[count];
        Arrays.fill(loopEnd, -1);
        chunkOf = new int[count];
        for (int b = 0; b < count; b++) {
            for (int next : blocks.get(b).next()) {
                if (next <= b) {
                    loopEnd[next] = Math.max(loopEnd[next], b);
                }
            }
        }
        List<Atom> atoms = atoms();
        chunks = assign(atoms, parts(atoms));
        leaves = new int[count];
        for (int b = count - 1; b >= 0; b--) {
            boolean same = b + 1 < count && chunkOf[b + 1] == chunkOf[b];
            leaves[b] = same ? leaves[b + 1] : b + 1;
        }
    }

    private List<Atom> atoms() {
        var sizeBefore = new long[blocks.size() + 1];
        for (int b = 0; b < blocks.size(); b++) {
            sizeBefore[b + 1] = sizeBefore[b] + blocks.get(b).size();
        }
        var atoms = new ArrayList<Atom>();
        int first = 0;
        while (first < blocks.size()) {
            int last = first;
            for (int b = first; b <= last; b++) {
                // Loops are nested or follow each other.
                if (loopEnd[b] > last && sizeBefore[loopEnd[b] + 1] - sizeBefore[first] <= limit) {
                    last = loopEnd[b];
                }
            }
            atoms.add(new Atom(first, last, sizeBefore[last + 1] - sizeBefore[first]));
            first = last + 1;
        }
        return atoms;
    }

    /** The first atom of the part that each atom belongs to. */
    private int[] parts(List<Atom> atoms) {
        int[] atomOf = new int[blocks.size()];
        for (int a = 0; a < atoms.size(); a++) {
            Arrays.fill(atomOf, atoms.get(a).first(), atoms.get(a).last() + 1, a);
        }
        int[] dominators = DominatorTree.of(atoms.size(), a -> next(atoms.get(a), atomOf));
        long[] sizes = atoms.stream().mapToLong(Atom::size).toArray();
        return TreeParts.of(dominators, sizes, dividedLoops(atoms), limit);
    }

    private int[] next(Atom atom, int[] atomOf) {
        return blocks.subList(atom.first(), atom.last() + 1).stream()
                .flatMapToInt(block ->
                        IntStream.concat(
                                Arrays.stream(block.next()), Arrays.stream(block.handlers())))
                .map(to -> atomOf[to])
                .toArray();
    }

    /** Of each atom, the number of loops that it is in and that are cut. */
    private int[] dividedLoops(List<Atom> atoms) {
        int[] change = new int[blocks.size() + 1];
        for (Atom atom : atoms) {
            int end = loopEnd[atom.first()];
            if (end > atom.last()) {
                change[atom.first()]++;
                change[end + 1]--;
            }
        }
        for (int b = 1; b < change.length; b++) {
            change[b] += change[b - 1];
        }
        return atoms.stream().mapToInt(atom -> change[atom.first()]).toArray();
    }

    /** Gives each part a chunk, in order; returns the number of chunks. */
    private int assign(List<Atom> atoms, int[] parts) {
        long[] sizes = new long[atoms.size()];
        for (int a = 0; a < parts.length; a++) {
            sizes[parts[a]] += atoms.get(a).size();
        }
        var filled = new ArrayList<Long>();
        int[] chunkOfPart = new int[atoms.size()];
        for (int a = 0; a < parts.length; a++) {
            if (parts[a] == a) {
                int chunk = Math.max(0, filled.size() - OPEN);
                while (chunk < filled.size() && filled.get(chunk) + sizes[a] > limit) {
                    chunk++;
                }
                if (chunk == filled.size()) {
                    filled.add(0L);
                }
                filled.set(chunk, filled.get(chunk) + sizes[a]);
                chunkOfPart[a] = chunk;
            }
            Atom atom = atoms.get(a);
            Arrays.fill(chunkOf, atom.first(), atom.last() + 1, chunkOfPart[parts[a]]);
        }
        return filled.size();
    }

    int chunks() {
        return chunks;
    }

    int chunkOf(int block) {
        return chunkOf[block];
    }

    /** Whether a loop begins with a block and its chunk has not all of it. */
    boolean beginsDividedLoop(int block) {
        return loopEnd[block] >= leaves[block];
    }

    /**
     * Whether a jump stays in its chunk. A jump back to a divided loop does not, so that the loops
     * of a chunk have one entry each, as the JIT needs.
     */
    boolean stays(int from, int to) {
        boolean same = chunkOf[from] == chunkOf[to];
        return same && (to > from || !beginsDividedLoop(to));
    }
}
