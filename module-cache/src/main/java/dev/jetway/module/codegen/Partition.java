package dev.jetway.module.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Divides the blocks of a method into chunks, in order: keeps whole loops together where they fit,
 * and cuts where few jumps and values cross.
 */
final class Partition {
    /** Fraction of a chunk that is filled before a place for a cut is looked for. */
    private static final double FILLED = 0.6;

    private final List<Block> blocks;
    private final long limit;

    /** The last block that jumps back to each block; -1 if the block begins no loop. */
    private final int[] loopEnd;

    private final long[] sizeBefore;
    private final int[] chunkOf;
    private int chunks;

    /** A range of blocks that is not cut. */
    private record Atom(int first, int last) {}

    Partition(FlowGraph graph, int limit) {
        this.blocks = graph.blocks();
        this.limit = limit;
        int count = blocks.size();
        loopEnd = new int[count];
        Arrays.fill(loopEnd, -1);
        sizeBefore = new long[count + 1];
        chunkOf = new int[count];
        for (int b = 0; b < count; b++) {
            sizeBefore[b + 1] = sizeBefore[b] + blocks.get(b).size();
            for (int next : blocks.get(b).next()) {
                if (next <= b) {
                    loopEnd[next] = Math.max(loopEnd[next], b);
                }
            }
        }
        assign(atoms());
    }

    private long size(int first, int last) {
        return sizeBefore[last + 1] - sizeBefore[first];
    }

    private List<Atom> atoms() {
        var atoms = new ArrayList<Atom>();
        int first = 0;
        while (first < blocks.size()) {
            int last = first;
            for (int b = first; b <= last; b++) {
                // Loops are nested or follow each other.
                if (loopEnd[b] > last && size(first, loopEnd[b]) <= limit) {
                    last = loopEnd[b];
                }
            }
            atoms.add(new Atom(first, last));
            first = last + 1;
        }
        return atoms;
    }

    private void assign(List<Atom> atoms) {
        int at = 0;
        while (at < atoms.size()) {
            int first = atoms.get(at).first();
            int end = at + 1;
            while (end < atoms.size() && size(first, atoms.get(end).last()) <= limit) {
                end++;
            }
            if (end < atoms.size()) {
                end = cut(atoms, at, end);
            }
            int last = atoms.get(end - 1).last();
            Arrays.fill(chunkOf, first, last + 1, chunks);
            chunks++;
            at = end;
        }
    }

    /** The atom before which a cut costs least; the last one of equal cost. */
    private int cut(List<Atom> atoms, int at, int end) {
        int first = atoms.get(at).first();
        int beyond = atoms.get(end).first();
        long[] cost = crossing(first, beyond);
        int best = end;
        for (int c = end - 1; c > at; c--) {
            int from = atoms.get(c).first();
            if (size(first, from - 1) < limit * FILLED) {
                break;
            }
            if (cost[from - first] < cost[atoms.get(best).first() - first]) {
                best = c;
            }
        }
        return best;
    }

    /** Cost of a cut before each block: the jumps that cross it, and the values on the stack. */
    private long[] crossing(int first, int beyond) {
        long[] change = new long[beyond - first + 2];
        var seen = new java.util.HashSet<Integer>();
        for (int b = first; b < beyond; b++) {
            for (int next : blocks.get(b).next()) {
                if (next > b && seen.add(next)) {
                    int weight = 1 + blocks.get(next).stack().length;
                    change[b + 1 - first] += weight;
                    change[Math.min(next, beyond) + 1 - first] -= weight;
                }
            }
        }
        for (int i = 1; i < change.length; i++) {
            change[i] += change[i - 1];
        }
        return change;
    }

    int chunks() {
        return chunks;
    }

    int chunkOf(int block) {
        return chunkOf[block];
    }

    /** Whether a loop begins with a block and its chunk has not all of it. */
    boolean beginsDividedLoop(int block) {
        return loopEnd[block] >= 0 && chunkOf[loopEnd[block]] != chunkOf[block];
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
