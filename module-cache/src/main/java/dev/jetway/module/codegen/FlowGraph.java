package dev.jetway.module.codegen;

import dev.jetway.module.codegen.SplitFunction.UnsplittableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * A function as its reachable blocks, in the order of the code, and its variables. The last two
 * parameters are the memory and the instance. A long block is cut where only numbers are on the
 * stack.
 */
final class FlowGraph {
    private static final int STACK = 1 << 16;
    private static final int SHALLOW = 8;

    /** Maximum number of stack values carried over a cut. */
    private static final int DEEPEST = 2_000;

    /** Maximum for a function: values on the stacks of its blocks, and live variables. */
    private static final int ALL_STACKS = 1 << 22;

    private static final long ALL_VARIABLES = 1L << 28;

    private final Instructions code;
    private final ToIntFunction<AbstractInsnNode> sizes;
    private final int longBlock;
    private final BitSet leaders;
    private final Frame<BasicValue> frame;
    private final StackTypes types = new StackTypes();
    private final int memorySlot;
    private final int[] references;
    private int kept;
    private final Deque<Integer> work = new ArrayDeque<>();
    private final Map<Integer, Start> starts = new TreeMap<>();
    private final int[] variableOf;
    private final Map<Variable, Integer> numbers = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<Integer, Integer> blockAt = new HashMap<>();

    /** State at the beginning of a block: the stack, and the slots that ever hold references. */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    private record Start(BasicValue[] stack, BasicValue[] held) {}

    /**
     * The graph of a method.
     *
     * @param sizes bytes of an instruction
     * @param longBlock bytes of a block, about, that is cut in two
     */
    FlowGraph(MethodNode method, ToIntFunction<AbstractInsnNode> sizes, int longBlock) {
        this.code = new Instructions(method);
        this.sizes = sizes;
        this.longBlock = longBlock;
        this.leaders = code.leaders();
        this.variableOf = new int[code.count()];
        Arrays.fill(variableOf, -1);
        var slots = new BitSet();
        this.memorySlot = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 3;
        this.frame = new Frame<>(slotCount(method), STACK);
        this.references = referenceSlots(method, slots);
        explore();
        makeBlocks();
    }

    private int slotCount(MethodNode method) {
        int slots = Type.getArgumentsAndReturnSizes(method.desc) >> 2;
        for (int i = 0; i < code.count(); i++) {
            if (code.get(i) instanceof VarInsnNode variable) {
                slots = Math.max(slots, variable.var + 2);
            }
        }
        return slots;
    }

    private int[] referenceSlots(MethodNode method, BitSet slots) {
        for (int i = 0; i < frame.getLocals(); i++) {
            frame.setLocal(i, BasicValue.UNINITIALIZED_VALUE);
        }
        int slot = 0;
        for (Type type : Type.getArgumentTypes(method.desc)) {
            frame.setLocal(slot, types.newValue(type));
            if (Values.isReference(type)) {
                slots.set(slot);
            }
            slot += type.getSize();
        }
        for (int i = 0; i < code.count(); i++) {
            if (code.get(i) instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE) {
                slots.set(store.var);
            }
        }
        return slots.stream().toArray();
    }

    private void explore() {
        enterBlock(0, new BasicValue[0]);
        while (!work.isEmpty()) {
            follow(work.remove());
        }
    }

    private void enterBlock(int instruction, BasicValue[] stack) {
        if (!starts.containsKey(instruction)) {
            kept += stack.length + references.length;
            if (kept > ALL_STACKS) {
                throw new UnsplittableException("too much lies on its stack", null);
            }
            starts.put(instruction, new Start(stack, held()));
            work.add(instruction);
        }
    }

    private BasicValue[] held() {
        return Arrays.stream(references).mapToObj(frame::getLocal).toArray(BasicValue[]::new);
    }

    private BasicValue[] stack() {
        var stack = new BasicValue[frame.getStackSize()];
        for (int i = 0; i < stack.length; i++) {
            stack[i] = frame.getStack(i);
        }
        return stack;
    }

    private void follow(int first) {
        Start start = start(first);
        frame.clearStack();
        for (BasicValue value : start.stack()) {
            frame.push(value);
        }
        for (int i = 0; i < references.length; i++) {
            frame.setLocal(references[i], start.held()[i]);
        }
        for (var handler : code.handlers(first)) {
            enterBlock(
                    code.at(handler.handler),
                    new BasicValue[] {types.newValue(Type.getObjectType(handler.type))});
        }
        int size = 0;
        int i = first;
        while (true) {
            execute(i);
            size += sizes.applyAsInt(code.get(i));
            for (LabelNode target : Instructions.targets(code.get(i))) {
                enterBlock(code.at(target), stack());
            }
            if (code.ends(i)) {
                return;
            }
            i++;
            if (leaders.get(i) || (size > longBlock && mayCut(size))) {
                leaders.set(i);
                enterBlock(i, stack());
                return;
            }
        }
    }

    private Start start(int instruction) {
        Start start = starts.get(instruction);
        if (start == null) {
            throw new IllegalStateException("not reached: " + instruction);
        }
        return start;
    }

    /**
     * Prefers few values on the stack; in a block that is too long already any numbers are taken.
     */
    private boolean mayCut(int size) {
        int depth = frame.getStackSize();
        if (depth > DEEPEST || (depth > SHALLOW && size < 2 * longBlock)) {
            return false;
        }
        for (int i = depth - 1; i >= 0; i--) {
            if (frame.getStack(i).isReference()) {
                return false;
            }
        }
        return true;
    }

    private void execute(int i) {
        AbstractInsnNode node = code.get(i);
        if (node instanceof VarInsnNode variable) {
            if (variable.var != memorySlot && variable.var != memorySlot + 1) {
                variableOf[i] = number(variable.var, typeOf(variable));
            }
        } else if (node instanceof IincInsnNode variable) {
            variableOf[i] = number(variable.var, Type.INT_TYPE);
        }
        try {
            frame.execute(node, types);
        } catch (AnalyzerException | IndexOutOfBoundsException e) {
            throw new UnsplittableException("its stack is too deep", e);
        }
    }

    private Type typeOf(VarInsnNode node) {
        return switch (node.getOpcode()) {
            case Opcodes.ILOAD, Opcodes.ISTORE -> Type.INT_TYPE;
            case Opcodes.LLOAD, Opcodes.LSTORE -> Type.LONG_TYPE;
            case Opcodes.FLOAD, Opcodes.FSTORE -> Type.FLOAT_TYPE;
            case Opcodes.DLOAD, Opcodes.DSTORE -> Type.DOUBLE_TYPE;
            case Opcodes.ALOAD -> reference(frame.getLocal(node.var));
            default -> reference(frame.getStack(frame.getStackSize() - 1));
        };
    }

    private static Type reference(@Nullable BasicValue value) {
        Type type = value == null ? null : value.getType();
        if (type == null || !Values.isReference(type)) {
            throw new UnsplittableException("a reference of no known type", null);
        }
        return type;
    }

    private int number(int slot, Type type) {
        return numbers.computeIfAbsent(new Variable(slot, type), v -> numbers.size());
    }

    private void makeBlocks() {
        if ((long) starts.size() * numbers.size() > ALL_VARIABLES) {
            throw new UnsplittableException("too many variables live in it", null);
        }
        for (int first : starts.keySet()) {
            blockAt.put(first, blockAt.size());
        }
        starts.forEach((first, start) -> blocks.add(block(first, start)));
    }

    private Block block(int first, Start start) {
        int end = first;
        int size = 0;
        do {
            size += sizes.applyAsInt(code.get(end));
            end++;
        } while (!code.ends(end - 1) && !leaders.get(end));
        boolean falls = !code.ends(end - 1);
        var next = new LinkedHashSet<Integer>();
        Instructions.targets(code.get(end - 1)).forEach(label -> next.add(blockAt(label)));
        if (falls) {
            next.add(blockStarting(end));
        }
        return new Block(
                first,
                end,
                size,
                Arrays.stream(start.stack()).map(BasicValue::getType).toArray(Type[]::new),
                next.stream().mapToInt(b -> b).toArray(),
                code.handlers(first).stream().mapToInt(t -> blockAt(t.handler)).toArray(),
                falls);
    }

    private int blockStarting(int instruction) {
        Integer block = blockAt.get(instruction);
        if (block == null) {
            throw new IllegalStateException("no block begins at " + instruction);
        }
        return block;
    }

    /** The block of a label. */
    int blockAt(LabelNode label) {
        return blockStarting(code.at(label));
    }

    List<Block> blocks() {
        return blocks;
    }

    Instructions code() {
        return code;
    }

    /**
     * The variable that an instruction loads, stores or increments; -1 for other instructions, and
     * for the memory and the instance, which are parameters of each chunk.
     */
    int variableOf(int instruction) {
        return variableOf[instruction];
    }

    /** All variables by number. */
    List<Variable> variables() {
        return List.copyOf(numbers.keySet());
    }
}
