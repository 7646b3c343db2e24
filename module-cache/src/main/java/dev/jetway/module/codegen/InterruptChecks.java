package dev.jetway.module.codegen;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Where a function looks whether it was told to end: at each jump back, as the engine does, and
 * where it begins if it calls another. The engine looks before each call. Between two looks lies
 * less work than a function has instructions.
 */
final class InterruptChecks {
    private static final String CHECK = "checkInterruption";

    private InterruptChecks() {}

    /**
     * Moves the engine's checks of one function.
     *
     * @param helpers the class that checks
     */
    static void place(MethodNode method, String helpers) {
        boolean calls = false;
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (!(node instanceof MethodInsnNode call)) {
                continue;
            }
            calls |= call.name.startsWith("call_indirect_");
            if (call.name.equals(CHECK) && !isBeforeAJump(call)) {
                calls = true;
                method.instructions.remove(call);
            }
        }
        if (calls) {
            method.instructions.insert(
                    new MethodInsnNode(Opcodes.INVOKESTATIC, helpers, CHECK, "()V", false));
        }
    }

    private static boolean isBeforeAJump(MethodInsnNode check) {
        AbstractInsnNode next = check.getNext();
        return next.getOpcode() == Opcodes.GOTO || next.getOpcode() == Opcodes.TABLESWITCH;
    }
}
