package dev.jetway.module.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Generates the method of one chunk, which takes the number of an entry and returns that of the
 * next, or {@link #DONE} with the result in the frame.
 */
final class ChunkCode {
    static final int DONE = -1;

    private final FlowGraph graph;
    private final ChunkFlow flow;
    private final SplitFrame frame;
    private final ChunkShape shape;
    private final MethodNode code;
    private final Label top = new Label();
    private final Map<Integer, Label> labels = new HashMap<>();
    private final Map<Integer, Integer> slots = new HashMap<>();

    /**
     * A slot for a value that goes to the frame at once; no variable's, which a handler may read.
     */
    private final int passing;

    private int freeSlot;

    private ChunkCode(FlowGraph graph, ChunkFlow flow, SplitFrame frame, ChunkShape shape) {
        this.graph = graph;
        this.flow = flow;
        this.frame = frame;
        this.shape = shape;
        this.passing = shape.firstFreeSlot();
        this.freeSlot = passing + Type.LONG_TYPE.getSize();
        this.code = shape.method();
    }

    /** The method of a chunk. */
    static MethodNode of(FlowGraph graph, ChunkFlow flow, SplitFrame frame, ChunkShape shape) {
        return new ChunkCode(graph, flow, frame, shape).write();
    }

    private MethodNode write() {
        for (int b : flow.own()) {
            labels.put(b, new Label());
        }
        code.visitCode();
        enter();
        for (int b : flow.own()) {
            writeBlock(b);
        }
        // After the blocks, when all exits are known.
        flow.exits().forEach(this::leave);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return code;
    }

    private void enter() {
        code.visitLabel(top);
        var entries = new ArrayList<Integer>();
        for (int b : flow.own()) {
            if (frame.entryOf(b) >= 0) {
                entries.add(b);
            }
        }
        if (entries.isEmpty()) {
            // Never reached.
            Values.push(code, DONE);
            code.visitInsn(Opcodes.IRETURN);
            return;
        }
        Label[] ins = entries.stream().map(b -> new Label()).toArray(Label[]::new);
        if (ins.length > 1) {
            code.visitVarInsn(Opcodes.ILOAD, ChunkShape.ENTRY);
            // The index among the entries is in the lower 16 bits.
            code.visitInsn(Opcodes.I2C);
            code.visitTableSwitchInsn(0, ins.length - 1, ins[0], ins);
        }
        for (int i = 0; i < ins.length; i++) {
            code.visitLabel(ins[i]);
            enter(entries.get(i));
        }
    }

    private void enter(int b) {
        flow.held(b).stream().forEach(this::takeVariable);
        Type[] stack = graph.blocks().get(b).stack();
        for (int d = 0; d < stack.length; d++) {
            Values.restore(code, stack[d], shape.frame(stack[d]), frame.placeOnStack(stack[d], d));
        }
        code.visitJumpInsn(Opcodes.GOTO, label(b));
    }

    private void takeVariable(int variable) {
        Type type = graph.variables().get(variable).type();
        Values.restore(code, type, shape.frame(type), frame.placeOf(variable));
        Values.store(code, type, slotOf(variable));
    }

    private void leave(ChunkFlow.Exit exit, Label label) {
        code.visitLabel(label);
        if (exit.leaves()) {
            saveStack(exit.target());
        }
        exit.saved().stream()
                .forEach(v -> {
                    Type type = graph.variables().get(v).type();
                    Values.save(code, type, slotOf(v), shape.frame(type), frame.placeOf(v));
                });
        if (exit.leaves()) {
            Values.push(code, frame.entryOf(exit.target()));
            if (flow.isInChunk(exit.target())) {
                // Through the entry, so that no loop of the method has a second one.
                code.visitVarInsn(Opcodes.ISTORE, ChunkShape.ENTRY);
                code.visitJumpInsn(Opcodes.GOTO, top);
            } else {
                code.visitInsn(Opcodes.IRETURN);
            }
        } else {
            exit.loaded().stream().forEach(this::takeVariable);
            code.visitJumpInsn(Opcodes.GOTO, label(exit.target()));
        }
    }

    private void saveStack(int target) {
        Type[] stack = graph.blocks().get(target).stack();
        for (int d = stack.length - 1; d >= 0; d--) {
            Type type = stack[d];
            Values.store(code, type, passing);
            Values.save(code, type, passing, shape.frame(type), frame.placeOnStack(type, d));
        }
    }

    private void writeBlock(int b) {
        Block block = graph.blocks().get(b);
        code.visitLabel(label(b));
        for (int i = block.from(); i < block.to(); i++) {
            write(b, i);
        }
        if (block.fallsThrough() && !isNext(b)) {
            code.visitJumpInsn(Opcodes.GOTO, target(b, b + 1));
        }
        if (block.handlers().length > 0) {
            var end = new Label();
            code.visitLabel(end);
            for (int handler : block.handlers()) {
                Type exception = graph.blocks().get(handler).stack()[0];
                Label to = flow.isInChunk(handler) ? label(handler) : flow.exitLabel(b, handler);
                code.visitTryCatchBlock(label(b), end, to, exception.getInternalName());
            }
        }
    }

    /** Whether a block falls through to the next block of the chunk. */
    private boolean isNext(int b) {
        return labels.containsKey(b + 1) && !flow.exits(b, b + 1);
    }

    private void write(int b, int i) {
        AbstractInsnNode node = graph.code().get(i);
        switch (node) {
            case VarInsnNode variable -> code.visitVarInsn(variable.getOpcode(), slot(variable, i));
            case IincInsnNode count -> code.visitIincInsn(slotOf(graph.variableOf(i)), count.incr);
            case JumpInsnNode jump -> code.visitJumpInsn(jump.getOpcode(), target(b, jump.label));
            case TableSwitchInsnNode table ->
                    code.visitTableSwitchInsn(
                            table.min, table.max, target(b, table.dflt), targets(b, table.labels));
            case LookupSwitchInsnNode lookup ->
                    code.visitLookupSwitchInsn(
                            target(b, lookup.dflt),
                            lookup.keys.stream().mapToInt(k -> k).toArray(),
                            targets(b, lookup.labels));
            default -> {
                if (node.getOpcode() >= Opcodes.IRETURN && node.getOpcode() <= Opcodes.RETURN) {
                    finish();
                } else {
                    node.accept(code);
                }
            }
        }
    }

    private void finish() {
        Type result = shape.result();
        if (result.getSort() != Type.VOID) {
            Values.store(code, result, passing);
            Values.save(code, result, passing, shape.frame(result), 0);
        }
        Values.push(code, DONE);
        code.visitInsn(Opcodes.IRETURN);
    }

    private Label[] targets(int from, List<LabelNode> to) {
        return to.stream().map(label -> target(from, label)).toArray(Label[]::new);
    }

    private Label target(int from, LabelNode to) {
        return target(from, graph.blockAt(to));
    }

    private Label target(int from, int to) {
        return flow.exits(from, to) ? flow.exitLabel(from, to) : label(to);
    }

    private Label label(int block) {
        Label label = labels.get(block);
        if (label == null) {
            throw new IllegalStateException("a block of another chunk");
        }
        return label;
    }

    private int slot(VarInsnNode node, int i) {
        int variable = graph.variableOf(i);
        return variable < 0 ? shape.parameter(node.var) : slotOf(variable);
    }

    private int slotOf(int variable) {
        return slots.computeIfAbsent(variable, this::newSlot);
    }

    private int newSlot(int number) {
        Variable variable = graph.variables().get(number);
        int slot = freeSlot;
        freeSlot += variable.type().getSize();
        return slot;
    }
}
