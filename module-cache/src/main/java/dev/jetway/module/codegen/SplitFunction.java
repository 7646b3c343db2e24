package dev.jetway.module.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Splits a function into chunks that the JIT compiles: a driver with the function's name and type
 * calls one chunk after the other. Values that live from one to the next are in a frame.
 */
final class SplitFunction {
    /** Maximum number of chunks for which a driver stays within the JVM's 64 KiB. */
    static final int MAX_CHUNKS = 2_500;

    private final MethodNode function;
    private final FlowGraph graph;
    private final Liveness liveness;
    private final Partition partition;
    private final SplitFrame frame;
    private final ChunkShape shape;
    private final boolean hasMemory;
    private final List<MethodNode> chunks = new ArrayList<>();

    private SplitFunction(
            MethodNode function,
            ToIntFunction<AbstractInsnNode> sizes,
            int chunkSize,
            boolean hasMemory) {
        this.function = function;
        this.hasMemory = hasMemory;
        this.graph = new FlowGraph(function, sizes, Math.max(1, chunkSize / 4));
        this.liveness = new Liveness(graph);
        this.partition = new Partition(graph, chunkSize);
        if (partition.chunks() > MAX_CHUNKS) {
            throw new UnsplittableException("too many chunks: " + partition.chunks(), null);
        }
        this.frame = new SplitFrame(liveness, partition, Type.getReturnType(function.desc));
        this.shape = ChunkShape.of(function, frame.usesReferences());
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            var flow = new ChunkFlow(liveness, partition, chunk);
            MethodNode method = ChunkCode.of(graph, flow, frame, shape);
            method.name = shape.name() + chunk;
            chunks.add(method);
        }
    }

    /**
     * Splits a function, whose last two parameters are the memory and the instance.
     *
     * @param sizes bytes of an instruction
     * @param chunkSize bytes of a chunk without what it takes from the frame and gives back
     * @param hasMemory whether the memory is one, which keeps frames for further calls
     * @throws UnsplittableException if a block of it can be cut nowhere
     */
    static SplitFunction of(
            MethodNode function,
            ToIntFunction<AbstractInsnNode> sizes,
            int chunkSize,
            boolean hasMemory) {
        WideSwitches.narrow(function);
        return new SplitFunction(function, sizes, chunkSize, hasMemory);
    }

    /** The methods of the chunks. */
    List<MethodNode> chunks() {
        return chunks;
    }

    /** Finds the class of a chunk. */
    interface Owners {
        /** The name of the class of a chunk, with slashes. */
        String of(int chunk);
    }

    /** The driver, which replaces the function. */
    MethodNode driver(Owners owners) {
        var code =
                new MethodNode(
                        Opcodes.ASM9, function.access, function.name, function.desc, null, null);
        int slots = (Type.getArgumentsAndReturnSizes(function.desc) >> 2) - 1;
        int numbers = slots;
        int references = slots + 1;
        int entry = slots + 2;
        code.visitCode();
        Values.push(code, frame.numbers());
        if (hasMemory) {
            code.visitVarInsn(Opcodes.ALOAD, shape.memorySlot());
            ofMemory(code, "frame", "(I" + MemoryCode.MEMORY + ")[J");
        } else {
            code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        }
        code.visitVarInsn(Opcodes.ASTORE, numbers);
        if (shape.references()) {
            Values.push(code, frame.references());
            code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
            code.visitVarInsn(Opcodes.ASTORE, references);
        }
        saveParameters(code, numbers, references);
        Values.push(code, frame.entryOf(0));
        code.visitVarInsn(Opcodes.ISTORE, entry);
        dispatch(code, owners, slots);
        result(code, numbers, references);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return code;
    }

    private void saveParameters(MethodNode code, int numbers, int references) {
        List<Variable> variables = graph.variables();
        liveness.in(0).stream()
                .filter(frame::hasPlace)
                .forEach(v -> {
                    Type type = variables.get(v).type();
                    int to = Values.isReference(type) ? references : numbers;
                    int slot = variables.get(v).slot();
                    Values.save(code, type, slot, to, frame.placeOf(v));
                });
    }

    private void dispatch(MethodNode code, Owners owners, int slots) {
        int entry = slots + 2;
        var loop = new Label();
        var done = new Label();
        Label[] calls = chunks.stream().map(c -> new Label()).toArray(Label[]::new);
        code.visitLabel(loop);
        code.visitVarInsn(Opcodes.ILOAD, entry);
        Values.push(code, SplitFrame.CHUNK_SHIFT);
        code.visitInsn(Opcodes.IUSHR);
        code.visitTableSwitchInsn(0, calls.length - 1, done, calls);
        for (int c = 0; c < calls.length; c++) {
            code.visitLabel(calls[c]);
            code.visitVarInsn(Opcodes.ILOAD, entry);
            code.visitVarInsn(Opcodes.ALOAD, slots);
            if (shape.references()) {
                code.visitVarInsn(Opcodes.ALOAD, slots + 1);
            }
            code.visitVarInsn(Opcodes.ALOAD, shape.memorySlot());
            code.visitVarInsn(Opcodes.ALOAD, shape.memorySlot() + 1);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    owners.of(c),
                    chunks.get(c).name,
                    shape.descriptor(),
                    false);
            code.visitVarInsn(Opcodes.ISTORE, entry);
            code.visitJumpInsn(Opcodes.GOTO, loop);
        }
        code.visitLabel(done);
    }

    private void result(MethodNode code, int numbers, int references) {
        Type result = shape.result();
        if (result.getSort() != Type.VOID) {
            Values.restore(code, result, Values.isReference(result) ? references : numbers, 0);
        }
        if (hasMemory) {
            code.visitVarInsn(Opcodes.ALOAD, numbers);
            code.visitVarInsn(Opcodes.ALOAD, shape.memorySlot());
            ofMemory(code, "keepFrame", "([J" + MemoryCode.MEMORY + ")V");
        }
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private static void ofMemory(MethodNode code, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, MemoryCode.LINEAR, name, descriptor, false);
    }

    /**
     * A function that cannot be cut into chunks; it is interpreted if it is too large for the JVM.
     */
    static final class UnsplittableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsplittableException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }
}
