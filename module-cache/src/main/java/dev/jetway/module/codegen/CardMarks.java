package dev.jetway.module.codegen;

import dev.jetway.module.memory.LinearMemory;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds the stores of a method that need no card of their own: on every path to such a store
 * another one has marked a card for the same variable as address and an offset nearby, or for an
 * address nearby if both are numbers. A mark stays for the whole run, so that calls in between do
 * not matter. Facts are pairs of a variable and a range of {@link #RANGE} offsets: "a card near
 * these is marked".
 */
final class CardMarks {
    /** Offsets of a fact. A store marks its own range and the next one on both sides. */
    static final int RANGE = LinearMemory.NEAR / 2;

    /** Maximum of facts times blocks; beyond it a fact ends with its block. */
    private static final long ALL = 1L << 24;

    private static final int NONE = -1;

    private final Instructions code;
    private final MethodNode method;
    private final Map<Long, Integer> facts = new HashMap<>();

    /** Of each store, its fact; {@link #NONE} for other instructions. */
    private final long[] keyOf;

    private final Map<Integer, BitSet> ofVariable = new HashMap<>();
    private final int[] starts;
    private final BitSet[] in;

    private CardMarks(
            MethodNode method,
            Instructions code,
            Addresses addresses,
            Set<AbstractInsnNode> without) {
        this.method = method;
        this.code = code;
        this.keyOf = new long[code.count()];
        Arrays.fill(keyOf, NONE);
        this.starts = code.leaders().stream().filter(i -> i < code.count()).toArray();
        addStores(addresses, without);
        this.in = new BitSet[starts.length];
    }

    /**
     * The stores, calls of the engine's helpers, whose cards are marked already.
     *
     * @param without stores that mark none themselves
     */
    static Set<AbstractInsnNode> superfluous(
            MethodNode method,
            Instructions code,
            Addresses addresses,
            Set<AbstractInsnNode> without) {
        var marks = new CardMarks(method, code, addresses, without);
        if (marks.facts.isEmpty()) {
            return Set.of();
        }
        marks.follow();
        return marks.marked();
    }

    static boolean isStore(AbstractInsnNode node) {
        return node instanceof MethodInsnNode call && call.name.startsWith("memoryWrite");
    }

    private void addStores(Addresses addresses, Set<AbstractInsnNode> without) {
        for (int i = 0; i < code.count(); i++) {
            Addresses.Address address = addresses.of(code.get(i));
            if (address != null
                    && address.variable() >= 0
                    && isStore(code.get(i))
                    && !without.contains(code.get(i))) {
                keyOf[i] = key(address.variable(), address.offset() / RANGE);
                int fact = facts.computeIfAbsent(keyOf[i], k -> facts.size());
                ofVariable.computeIfAbsent(address.variable(), v -> new BitSet()).set(fact);
            }
        }
    }

    private static long key(int variable, int range) {
        return (long) variable << Integer.SIZE | range;
    }

    private int end(int block) {
        return block + 1 < starts.length ? starts[block + 1] : code.count();
    }

    private int blockAt(int instruction) {
        return Arrays.binarySearch(starts, instruction);
    }

    private void follow() {
        if ((long) facts.size() * starts.length > ALL) {
            Arrays.setAll(in, block -> new BitSet());
            return;
        }
        var work = new ArrayDeque<Integer>();
        enter(0, new BitSet(), work);
        method.tryCatchBlocks.forEach(
                tried -> enter(blockAt(code.at(tried.handler)), new BitSet(), work));
        while (!work.isEmpty()) {
            int block = work.remove();
            BitSet after = (BitSet) in[block].clone();
            for (int i = starts[block]; i < end(block); i++) {
                execute(i, after);
            }
            AbstractInsnNode last = code.get(end(block) - 1);
            for (LabelNode target : Instructions.targets(last)) {
                enter(blockAt(code.at(target)), after, work);
            }
            if (!code.ends(end(block) - 1)) {
                enter(block + 1, after, work);
            }
        }
    }

    /** Keeps what is true on all paths; a block that has lost facts is followed again. */
    private void enter(int block, BitSet now, ArrayDeque<Integer> work) {
        if (block < 0 || block >= starts.length) {
            return;
        }
        BitSet before = in[block];
        if (before == null) {
            in[block] = (BitSet) now.clone();
            work.add(block);
            return;
        }
        int size = before.cardinality();
        before.and(now);
        if (before.cardinality() != size) {
            work.add(block);
        }
    }

    private void execute(int i, BitSet known) {
        int written = written(code.get(i));
        BitSet lost = written < 0 ? null : ofVariable.get(written);
        if (lost != null) {
            known.andNot(lost);
        }
        // A store that needs no card marks none, so that nothing follows from it.
        if (keyOf[i] != NONE && !isKnown(i, known)) {
            for (long key = keyOf[i] - 1; key <= keyOf[i] + 1; key++) {
                Integer fact = facts.get(key);
                if (fact != null) {
                    known.set(fact);
                }
            }
        }
    }

    private boolean isKnown(int store, BitSet known) {
        Integer fact = facts.get(keyOf[store]);
        return fact != null && known.get(fact);
    }

    /** The variable of an integer that an instruction writes, or -1. */
    static int written(AbstractInsnNode node) {
        if (node instanceof IincInsnNode count) {
            return count.var;
        }
        return node instanceof VarInsnNode variable && node.getOpcode() >= Opcodes.ISTORE
                ? variable.var
                : NONE;
    }

    private Set<AbstractInsnNode> marked() {
        var marked = new HashSet<AbstractInsnNode>();
        for (int block = 0; block < starts.length; block++) {
            if (in[block] != null) {
                BitSet known = in[block];
                for (int i = starts[block]; i < end(block); i++) {
                    if (keyOf[i] != NONE && isKnown(i, known)) {
                        marked.add(code.get(i));
                    }
                    execute(i, known);
                }
            }
        }
        return marked;
    }
}
