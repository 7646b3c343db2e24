package dev.jetway.module.codegen;

import dev.jetway.module.memory.LinearMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Rewrites a method that uses a global more than once to look the global up once, at its beginning.
 * The globals of an instance never change place. The first one, the stack pointer of C, is in the
 * memory beside the arrays ({@link LinearMemory#firstGlobal}).
 */
final class GlobalCode {
    /** Maximum number of globals that a method looks up at its beginning: the first by index. */
    private static final int MOST = 4;

    private static final String GLOBAL = "com/dylibso/chicory/runtime/GlobalInstance";
    private static final String INSTANCE = "com/dylibso/chicory/runtime/Instance";

    private GlobalCode() {}

    /** Operands: an index, the instance, and the engine's helper. */
    private record Use(AbstractInsnNode number, AbstractInsnNode instance, MethodInsnNode call) {}

    /**
     * Rewrites a method whose last two parameters are the memory and the instance.
     *
     * @param firstInMemory whether the memory has the module's first global
     */
    static void rewrite(MethodNode method, boolean firstInMemory) {
        int instance = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 2;
        var uses = new TreeMap<Integer, List<Use>>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof MethodInsnNode call
                    && (call.name.equals("readGlobal") || call.name.equals("writeGlobal"))
                    && call.getPrevious() instanceof VarInsnNode load
                    && load.var == instance) {
                Integer number = constant(load.getPrevious());
                if (number != null) {
                    uses.computeIfAbsent(number, n -> new ArrayList<>())
                            .add(new Use(load.getPrevious(), load, call));
                }
            }
        }
        uses.entrySet()
                .removeIf(
                        use -> use.getValue().size() < 2 && !(firstInMemory && use.getKey() == 0));
        int slot = MemoryCode.freeSlot(method);
        for (var global : uses.entrySet().stream().limit(MOST).toList()) {
            int own = slot;
            global.getValue().forEach(use -> replace(method, use, own));
            boolean inMemory = firstInMemory && global.getKey() == 0;
            method.instructions.insert(
                    inMemory ? first(instance - 1, own) : find(global.getKey(), instance, own));
            slot++;
        }
    }

    private static InsnList first(int memory, int slot) {
        var code = new MethodNode();
        code.visitVarInsn(Opcodes.ALOAD, memory);
        code.visitTypeInsn(Opcodes.CHECKCAST, MemoryCode.LINEAR);
        code.visitFieldInsn(Opcodes.GETFIELD, MemoryCode.LINEAR, "firstGlobal", 'L' + GLOBAL + ';');
        code.visitVarInsn(Opcodes.ASTORE, slot);
        return code.instructions;
    }

    private static InsnList find(int number, int instance, int slot) {
        var code = new MethodNode();
        code.visitVarInsn(Opcodes.ALOAD, instance);
        Values.push(code, number);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, INSTANCE, "global", "(I)L" + GLOBAL + ';', false);
        code.visitVarInsn(Opcodes.ASTORE, slot);
        return code.instructions;
    }

    private static void replace(MethodNode method, Use use, int slot) {
        InsnList code = method.instructions;
        code.remove(use.number());
        code.set(use.instance(), new VarInsnNode(Opcodes.ALOAD, slot));
        boolean reads = use.call().name.equals("readGlobal");
        if (!reads) {
            // The global below its value of two words.
            code.insertBefore(use.call(), new InsnNode(Opcodes.DUP_X2));
            code.insertBefore(use.call(), new InsnNode(Opcodes.POP));
        }
        code.set(
                use.call(),
                new MethodInsnNode(
                        Opcodes.INVOKEVIRTUAL,
                        GLOBAL,
                        reads ? "getValue" : "setValue",
                        reads ? "()J" : "(J)V",
                        false));
    }

    /** The number that an instruction pushes, or null. */
    static @Nullable Integer constant(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (node instanceof IntInsnNode pushed) {
            return pushed.operand;
        }
        return node instanceof LdcInsnNode loaded && loaded.cst instanceof Integer number
                ? number
                : null;
    }
}
