package dev.jetway.module.codegen;

import dev.jetway.module.memory.CountedLoop;
import dev.jetway.module.memory.LinearMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Marks the cards of stores in loops of one block before these loops: where the address of a store
 * stays, or is one of a few numbers, or changes by the same number in each turn and the loop's end
 * tells how many turns there are. Such a store needs no card of its own.
 */
final class CountedLoops {
    /**
     * Minimum instructions of a turn. One that copies a value has 22: what is marked before so
     * short a loop costs as much as it saves, if there are few turns.
     */
    static final int LEAST = 24;

    /** Maximum marks before a loop. */
    static final int MOST_MARKS = 4;

    /**
     * Maximum bytes that an address may change by in a turn, so that each card on the way is
     * written to.
     */
    static final int LONGEST_STEP = LinearMemory.CARD;

    /** Bytes: bases that are not further apart may be marked together. */
    private static final int FAR = LinearMemory.CARD;

    /** Maximum offset of a store: sums with others do not overflow. */
    private static final int MAX_OFFSET = Integer.MAX_VALUE - 2 * FAR;

    private static final String LOOP = Type.getInternalName(CountedLoop.class);

    /** From the opcode of a jump that compares with 0 to that of one that compares two. */
    private static final int WITH_TWO = Opcodes.IF_ICMPEQ - Opcodes.IFEQ;

    /** In place of a variable: the term is a number. */
    private static final int NUMBER = -1;

    private final MethodNode method;
    private final Instructions code;
    private final Addresses addresses;
    private final int memory;
    private final int linear;

    /** Labels that are jumped to, and how often. */
    private final Map<LabelNode, Integer> jumps = new HashMap<>();

    private final Set<AbstractInsnNode> marked = new HashSet<>();
    private int room;

    /**
     * An integer in a turn: what a variable has at the beginning of the turn, plus a number.
     *
     * @param variable that it comes from, or {@link #NUMBER}
     */
    private record Term(int variable, int added) {
        Term plus(int number) {
            return new Term(variable, added + number);
        }

        void push(MethodNode code) {
            if (variable == NUMBER) {
                Values.push(code, added);
                return;
            }
            code.visitVarInsn(Opcodes.ILOAD, variable);
            if (added != 0) {
                Values.push(code, added);
                code.visitInsn(Opcodes.IADD);
            }
        }
    }

    /**
     * Addresses of the stores of a turn, those of their first bytes.
     *
     * @param base to which the others are added, in the first turn
     * @param from the least that is added
     * @param to the most that is added
     * @param step by which the base changes in each turn
     */
    private record Written(Term base, int from, int to, int step) {
        /** Both, if they are near each other; null otherwise. */
        @Nullable Written with(Written other) {
            int apart = other.base.added - base.added;
            if (other.base.variable != base.variable || apart < -FAR || apart > FAR) {
                return null;
            }
            int least = Math.min(from, other.from + apart);
            int most = Math.max(to, other.to + apart);
            return most - least <= Math.max(LinearMemory.NEAR, Math.abs(step))
                    ? new Written(base, least, most, step)
                    : null;
        }
    }

    /**
     * Loops of a method. It has the engine's checks for interrupts still.
     *
     * @param memory the variable with the engine's memory
     * @param linear the variable with the {@link LinearMemory}
     * @param room maximum bytes of code to add
     */
    CountedLoops(
            MethodNode method,
            Instructions code,
            Addresses addresses,
            int memory,
            int linear,
            int room) {
        this.method = method;
        this.code = code;
        this.addresses = addresses;
        this.memory = memory;
        this.linear = linear;
        this.room = room;
        for (int i = 0; i < code.count(); i++) {
            Instructions.targets(code.get(i)).forEach(label -> jumps.merge(label, 1, Integer::sum));
        }
        method.tryCatchBlocks.forEach(tried -> jumps.merge(tried.handler, 1, Integer::sum));
    }

    /** Marks cards before the loops; returns the stores that need no card of their own. */
    Set<AbstractInsnNode> mark() {
        BitSet leaders = code.leaders();
        for (int end = LEAST; end + 1 < code.count(); end++) {
            if (code.get(end) instanceof MethodInsnNode check
                    && check.name.equals(InterruptChecks.CHECK)
                    && check.getNext() instanceof JumpInsnNode back
                    && back.getOpcode() == Opcodes.GOTO) {
                int head = code.at(back.label);
                if (end - head >= LEAST
                        && leaders.nextSetBit(head + 1) == end
                        && jumps.getOrDefault(back.label, 0) == 1
                        && !isTarget(back.label.getNext(), AbstractInsnNode::getNext)
                        && !isTarget(check.getPrevious(), AbstractInsnNode::getPrevious)) {
                    new Turn(head, end).mark(back.label);
                }
            }
        }
        return marked;
    }

    /** Whether a label between here and the next instruction is jumped to. */
    private boolean isTarget(AbstractInsnNode from, UnaryOperator<AbstractInsnNode> next) {
        for (AbstractInsnNode node = from; node.getOpcode() < 0; node = next.apply(node)) {
            if (node instanceof LabelNode label && jumps.containsKey(label)) {
                return true;
            }
        }
        return false;
    }

    /** A turn of a loop: the block from its head to the jump that leaves the loop. */
    private final class Turn {
        private final int head;
        private final int end;

        /** Variables that were written; a null term is not known. */
        private final Map<Integer, @Nullable Term> variables = new HashMap<>();

        /** Terms on the stack; those from before the turn are not on it. */
        private final ArrayList<@Nullable Term> stack = new ArrayList<>();

        /** Of each store, the address without the offset. */
        private final Map<AbstractInsnNode, Term> bases = new HashMap<>();

        /** Operands of the last instruction that compares. */
        private @Nullable Term left;

        private @Nullable Term right;

        Turn(int head, int end) {
            this.head = head;
            this.end = end;
        }

        void mark(LabelNode before) {
            for (int i = head; i < end; i++) {
                if (code.get(i) instanceof MethodInsnNode call && MemoryCode.mayReplace(call)) {
                    return;
                }
                execute(i);
            }
            Consumer<MethodNode> turns = turns();
            var all = new ArrayList<Written>();
            var stores = new ArrayList<AbstractInsnNode>();
            for (int i = head; i < end; i++) {
                AbstractInsnNode node = code.get(i);
                if (CardMarks.isStore(node)
                        && code.get(i - 1) instanceof VarInsnNode load
                        && load.var == memory) {
                    Written written = written(i, turns != null);
                    if (written != null && add(written, all)) {
                        stores.add(node);
                    }
                }
            }
            var marks = new MethodNode();
            all.forEach(written -> push(written, turns, marks));
            int size = CodeSize.of(marks);
            if (size <= room) {
                room -= size;
                marked.addAll(stores);
                method.instructions.insertBefore(before, marks.instructions);
            }
        }

        private void execute(int place) {
            AbstractInsnNode instruction = code.get(place);
            StackEffect effect = StackEffect.of(instruction);
            Term top = term(1);
            Term below = term(2);
            if (instruction instanceof MethodInsnNode call && CardMarks.isStore(call)) {
                bases.put(call, term(effect.taken()));
            }
            if (isUnsigned(instruction)
                    || (instruction instanceof JumpInsnNode && !isUnsigned(code.get(place - 1)))) {
                boolean two = effect.taken() == 2;
                left = two ? below : top;
                right = two ? top : new Term(NUMBER, 0);
            }
            Term result = result(instruction, top, below);
            for (int i = effect.taken(); i > 0 && !stack.isEmpty(); i--) {
                stack.removeLast();
            }
            for (int i = 0; i < effect.put(); i++) {
                stack.add(result);
            }
            write(instruction, top);
        }

        /** A term on the stack, 1 being the top. */
        private @Nullable Term term(int depth) {
            return depth > stack.size() ? null : stack.get(stack.size() - depth);
        }

        private @Nullable Term variable(int slot) {
            return variables.containsKey(slot) ? variables.get(slot) : new Term(slot, 0);
        }

        private @Nullable Term result(
                AbstractInsnNode instruction, @Nullable Term top, @Nullable Term below) {
            Integer number = GlobalCode.constant(instruction);
            if (number != null) {
                return new Term(NUMBER, number);
            }
            return switch (instruction.getOpcode()) {
                case Opcodes.ILOAD -> variable(((VarInsnNode) instruction).var);
                case Opcodes.DUP -> top;
                case Opcodes.IADD -> sum(below, top);
                case Opcodes.ISUB -> top == null ? null : sum(below, negated(top));
                default -> null;
            };
        }

        private static @Nullable Term negated(Term term) {
            return term.variable == NUMBER ? new Term(NUMBER, -term.added) : null;
        }

        private static @Nullable Term sum(@Nullable Term one, @Nullable Term other) {
            if (one == null || other == null) {
                return null;
            }
            if (other.variable == NUMBER) {
                return one.plus(other.added);
            }
            return one.variable == NUMBER ? other.plus(one.added) : null;
        }

        private void write(AbstractInsnNode instruction, @Nullable Term top) {
            int slot = CardMarks.written(instruction);
            if (instruction instanceof IincInsnNode count) {
                Term before = variable(slot);
                variables.put(slot, before == null ? null : before.plus(count.incr));
            } else if (slot >= 0) {
                variables.put(slot, instruction.getOpcode() == Opcodes.ISTORE ? top : null);
            }
        }

        /** By which a term changes from turn to turn; null if that is not known. */
        private @Nullable Integer step(@Nullable Term term) {
            if (term == null) {
                return null;
            }
            if (term.variable == NUMBER) {
                return 0;
            }
            Term after = variable(term.variable);
            return after != null && after.variable == term.variable ? after.added : null;
        }

        private @Nullable Written written(int store, boolean counted) {
            Integer offset = GlobalCode.constant(code.get(store - 2));
            Term base = bases.get(code.get(store));
            Integer step = step(base);
            int longest = counted ? LONGEST_STEP : 0;
            if (base != null && step != null && step >= -longest && step <= longest) {
                return offset == null || offset < 0 || offset > MAX_OFFSET
                        ? null
                        : new Written(base, offset, offset, step);
            }
            Addresses.Address address = addresses.of(code.get(store));
            return address == null ? null : oneOf(address.least(), address.most());
        }

        private static @Nullable Written oneOf(long least, long most) {
            return most < 0 || most > MAX_OFFSET || most - least > FAR
                    ? null
                    : new Written(new Term(NUMBER, (int) least), 0, (int) (most - least), 0);
        }

        /** Whether the store is among those that get a mark before the loop. */
        private static boolean add(Written written, List<Written> all) {
            for (int i = 0; i < all.size(); i++) {
                Written both = all.get(i).with(written);
                if (both != null) {
                    all.set(i, both);
                    return true;
                }
            }
            return all.size() < MOST_MARKS && all.add(written);
        }

        private void push(Written written, @Nullable Consumer<MethodNode> turns, MethodNode to) {
            to.visitVarInsn(Opcodes.ALOAD, linear);
            written.base.push(to);
            Values.push(to, written.from);
            Values.push(to, written.to);
            Values.push(to, written.step);
            if (turns == null || written.step == 0) {
                to.visitInsn(Opcodes.LCONST_1);
            } else {
                turns.accept(to);
            }
            call("mark", "(L" + MemoryCode.LINEAR + ";IIIIJ)V", to);
        }

        /** Code for the number of turns; null if the end of the loop does not tell it. */
        private @Nullable Consumer<MethodNode> turns() {
            Integer leftStep = step(left);
            Integer rightStep = step(right);
            if (left == null || right == null || leftStep == null || rightStep == null) {
                return null;
            }
            int exit = code.get(end - 1).getOpcode();
            int relation = Comparisons.opposite(exit < Opcodes.IF_ICMPEQ ? exit + WITH_TWO : exit);
            if (leftStep != 0 && rightStep == 0) {
                return turns(left, leftStep, relation, right);
            }
            return leftStep == 0 && rightStep != 0
                    ? turns(right, rightStep, mirrored(relation), left)
                    : null;
        }

        private @Nullable Consumer<MethodNode> turns(
                Term counter, int step, int relation, Term bound) {
            boolean unsigned = isUnsigned(code.get(end - 2));
            boolean reaches =
                    switch (relation) {
                        case Opcodes.IF_ICMPLT, Opcodes.IF_ICMPLE -> step > 0;
                        case Opcodes.IF_ICMPGT, Opcodes.IF_ICMPGE -> step < 0;
                        default -> false;
                    };
            if (!reaches && relation != Opcodes.IF_ICMPNE) {
                return null;
            }
            boolean equal = relation == Opcodes.IF_ICMPLE || relation == Opcodes.IF_ICMPGE;
            return to -> {
                counter.push(to);
                bound.push(to);
                Values.push(to, step);
                if (!reaches) {
                    call("turnsUntilEqual", "(III)J", to);
                } else {
                    Values.push(to, equal ? 1 : 0);
                    String name = "turnsUntilReached";
                    call(unsigned ? name + "Unsigned" : name, "(IIII)J", to);
                }
            };
        }

        private static int mirrored(int relation) {
            return switch (relation) {
                case Opcodes.IF_ICMPLT -> Opcodes.IF_ICMPGT;
                case Opcodes.IF_ICMPGT -> Opcodes.IF_ICMPLT;
                case Opcodes.IF_ICMPLE -> Opcodes.IF_ICMPGE;
                case Opcodes.IF_ICMPGE -> Opcodes.IF_ICMPLE;
                default -> relation;
            };
        }
    }

    private static boolean isUnsigned(AbstractInsnNode node) {
        return node instanceof MethodInsnNode call
                && call.name.equals("compareUnsigned")
                && call.owner.equals("java/lang/Integer");
    }

    private static void call(String name, String descriptor, MethodNode code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, LOOP, name, descriptor, false);
    }
}
