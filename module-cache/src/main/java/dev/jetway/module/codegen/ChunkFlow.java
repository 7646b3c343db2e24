package dev.jetway.module.codegen;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;

/**
 * The variables that a chunk loads from the frame and stores at its exits. A variable is loaded
 * where the block that uses it is entered, or the loop: an interpreter's loop over a large switch
 * comes back with each instruction, and each of these needs few of all variables.
 */
final class ChunkFlow {
    private final Liveness liveness;
    private final List<Block> blocks;
    private final Partition partition;
    private final int chunk;
    private final int[] own;
    private final Map<Integer, BitSet> written = new HashMap<>();
    private final Map<Integer, BitSet> needed = new HashMap<>();
    private final Map<Integer, BitSet> held = new HashMap<>();
    private final BitSet handlers = new BitSet();
    private final Map<Exit, Label> exits = new LinkedHashMap<>();

    /**
     * A jump that stores variables in the frame, or loads some.
     *
     * @param target the next block
     * @param saved the variables to store for it
     * @param loaded the variables to load for it
     * @param leaves whether it is in another chunk
     */
    record Exit(int target, BitSet saved, BitSet loaded, boolean leaves) {}

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
        findHeld();
    }

    /**
     * Variables that may have been written since the chunk was entered, at the end of each block.
     */
    private void findWritten() {
        for (int b : own) {
            written.put(b, Liveness.written(liveness.graph(), blocks.get(b)));
        }
        spread((from, to) -> add(written(to), both(written(from), liveness.in(to))));
    }

    /** Passes variables on along all jumps within the chunk, until nothing changes. */
    private void spread(Passing passing) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int b : own) {
                for (int next : blocks.get(b).next()) {
                    changed |= stays(b, next) && !isSaved(next) && passing.pass(b, next);
                }
                for (int handler : blocks.get(b).handlers()) {
                    changed |= isInChunk(handler) && passing.pass(b, handler);
                }
            }
        }
    }

    /** Passes variables on from a block to another; false if that adds nothing. */
    private interface Passing {
        boolean pass(int from, int to);
    }

    private static BitSet both(BitSet one, BitSet other) {
        var both = (BitSet) one.clone();
        both.and(other);
        return both;
    }

    /** Whether that adds something. */
    private static boolean add(BitSet to, BitSet more) {
        int before = to.cardinality();
        to.or(more);
        return to.cardinality() != before;
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
            if (stores(b, next)) {
                need.or(saved(b, next));
            }
        }
        Liveness.before(liveness.graph(), block, need);
        // An exception may come before or after a block's writes.
        for (int handler : block.handlers()) {
            need.or(neededBy(b, handler));
        }
        return need;
    }

    private BitSet neededBy(int b, int handler) {
        return isInChunk(handler) ? needed(handler) : saved(b, handler);
    }

    /**
     * Where a jump comes with a variable in its slot, it stays there as long as it is needed: so
     * what was written is never loaded.
     */
    private void findHeld() {
        var used = new HashMap<Integer, BitSet>();
        for (int b : own) {
            BitSet read = used(b);
            used.put(b, read);
            held.put(b, (BitSet) read.clone());
        }
        holdInLoops(used);
        spread((from, to) -> add(held(to), both(heldAfter(from), needed(to))));
    }

    /** The variables that a block reads before it writes them, or one of its handlers may. */
    private BitSet used(int b) {
        Block block = blocks.get(b);
        var used = new BitSet();
        Liveness.before(liveness.graph(), block, used);
        for (int handler : block.handlers()) {
            used.or(neededBy(b, handler));
        }
        return used;
    }

    /** A loop begins with all that it reads in slots, so that no turn of it loads. */
    private void holdInLoops(Map<Integer, BitSet> used) {
        NavigableMap<Integer, Integer> loops = loops();
        // Inner ones first: each block is looked at once.
        loops.descendingMap()
                .forEach((first, last) -> {
                    var read = new BitSet();
                    int b = first;
                    while (b <= last) {
                        read.or(Objects.requireNonNull(used.get(b)));
                        b = b > first && loops.containsKey(b) ? loops.get(b) + 1 : b + 1;
                    }
                    used.put(first, read);
                    held(first).or(both(read, needed(first)));
                });
    }

    /** The last block of each loop that the chunk has as a whole, by its first. */
    private NavigableMap<Integer, Integer> loops() {
        var loops = new TreeMap<Integer, Integer>();
        for (int b : own) {
            for (int next : blocks.get(b).next()) {
                if (next <= b && stays(b, next)) {
                    loops.merge(next, b, Math::max);
                }
            }
        }
        return loops;
    }

    /** Variables in slots behind a block: those it begins with, and all written up to there. */
    private BitSet heldAfter(int b) {
        var after = (BitSet) written(b).clone();
        after.or(held(b));
        return after;
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

    /** The variables that are in their slots when a block begins, however it is reached. */
    BitSet held(int block) {
        return held.getOrDefault(block, new BitSet());
    }

    /** The variables that are read in the chunk from a block on, before they are written. */
    private BitSet needed(int block) {
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
    private boolean stores(int from, int target) {
        return !stays(from, target) || isSaved(target);
    }

    private BitSet saved(int from, int target) {
        return both(written(from), liveness.in(target));
    }

    private BitSet loaded(int from, int target) {
        if (!stays(from, target)) {
            return new BitSet();
        }
        var loaded = (BitSet) held(target).clone();
        loaded.andNot(heldAfter(from));
        return loaded;
    }

    /** Whether a jump stores or loads variables. */
    boolean exits(int from, int target) {
        return stores(from, target) || !loaded(from, target).isEmpty();
    }

    /** The exit of a jump that stores or loads variables. */
    Label exitLabel(int from, int target) {
        BitSet saved = stores(from, target) ? saved(from, target) : new BitSet();
        BitSet loaded = loaded(from, target);
        var exit = new Exit(target, saved, loaded, !stays(from, target));
        return exits.computeIfAbsent(exit, e -> new Label());
    }

    /** All exits that {@link #exitLabel} has returned. */
    Map<Exit, Label> exits() {
        return exits;
    }
}
