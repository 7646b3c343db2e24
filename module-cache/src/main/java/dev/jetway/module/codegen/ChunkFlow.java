package dev.jetway.module.codegen;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;

/** The variables that a chunk loads from the frame at its entries and stores at its exits. */
final class ChunkFlow {
    private final Liveness liveness;
    private final List<Block> blocks;
    private final Partition partition;
    private final int chunk;
    private final int[] own;
    private final Map<Integer, BitSet> written = new HashMap<>();
    private final Map<Integer, BitSet> needed = new HashMap<>();
    private final BitSet handlers = new BitSet();
    private final Map<Exit, Label> exits = new LinkedHashMap<>();

    /**
     * A jump that stores variables in the frame.
     *
     * @param target the next block
     * @param saved the variables to store for it
     * @param leaves whether it is in another chunk
     */
    record Exit(int target, BitSet saved, boolean leaves) {}

    ChunkFlow(Liveness liveness, Partition partition, int chunk) {
        this.liveness = liveness;
        this.blocks = liveness.graph().blocks();
        this.partition = partition;
        this.chunk = chunk;
        this.own =
                IntStream.range(0, blocks.size())
                        .filter(b -> partition.chunkOf(b) == chunk)
                        .toArray();
        for (int b : own) {
            Arrays.stream(blocks.get(b).handlers()).forEach(handlers::set);
        }
        findWritten();
        findNeeded();
    }

    /**
     * Variables that may have been written since the chunk was entered, at the end of each block.
     */
    private void findWritten() {
        for (int b : own) {
            written.put(b, Liveness.written(liveness.graph(), blocks.get(b)));
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int b : own) {
                for (int next : blocks.get(b).next()) {
                    changed |= stays(b, next) && !isSaved(next) && passOn(b, next);
                }
                for (int handler : blocks.get(b).handlers()) {
                    changed |= isInChunk(handler) && passOn(b, handler);
                }
            }
        }
    }

    private boolean passOn(int from, int to) {
        var passed = (BitSet) written(from).clone();
        passed.and(liveness.in(to));
        BitSet there = written(to);
        int before = there.cardinality();
        there.or(passed);
        return there.cardinality() != before;
    }

    private void findNeeded() {
        for (int b : own) {
            needed.put(b, new BitSet());
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = own.length - 1; i >= 0; i--) {
                BitSet now = neededAt(own[i]);
                changed |= !now.equals(needed.put(own[i], now));
            }
        }
    }

    private BitSet neededAt(int b) {
        Block block = blocks.get(b);
        var need = new BitSet();
        for (int next : block.next()) {
            if (stays(b, next)) {
                need.or(needed(next));
            }
            if (exits(b, next)) {
                need.or(exit(b, next).saved());
            }
        }
        Liveness.before(liveness.graph(), block, need);
        // An exception may come before or after a block's writes.
        for (int handler : block.handlers()) {
            need.or(isInChunk(handler) ? needed(handler) : exit(b, handler).saved());
        }
        return need;
    }

    /** The blocks of the chunk in order. */
    int[] own() {
        return own;
    }

    private boolean stays(int from, int to) {
        return partition.stays(from, to);
    }

    boolean isInChunk(int block) {
        return partition.chunkOf(block) == chunk;
    }

    private BitSet written(int block) {
        return written.getOrDefault(block, new BitSet());
    }

    /** The variables that must be loaded when a block begins, however it is reached. */
    BitSet needed(int block) {
        return needed.getOrDefault(block, new BitSet());
    }

    /**
     * Whether all variables are in the frame when a block begins: a loop of several chunks comes
     * back there from others, and shall not store at its exits what was written before it.
     */
    private boolean isSaved(int block) {
        return partition.beginsDividedLoop(block) && !handlers.get(block);
    }

    /** Whether a jump stores variables: it leaves the chunk, or enters a loop that does. */
    boolean exits(int from, int target) {
        return !stays(from, target) || isSaved(target);
    }

    private Exit exit(int from, int target) {
        var saved = (BitSet) written(from).clone();
        saved.and(liveness.in(target));
        return new Exit(target, saved, !stays(from, target));
    }

    /** The exit of a jump that stores variables. */
    Label exitLabel(int from, int target) {
        return exits.computeIfAbsent(exit(from, target), e -> new Label());
    }

    /** All exits that {@link #exitLabel} has returned. */
    Map<Exit, Label> exits() {
        return exits;
    }
}
