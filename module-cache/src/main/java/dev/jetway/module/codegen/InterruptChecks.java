package dev.jetway.module.codegen;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Places the checks for an interrupt in a function: at each backward jump, as the engine does, and
 * at its beginning if it calls another function, where the engine checks before each call. Between
 * two checks less work is done than the function has instructions.
 */
final class InterruptChecks {
    private static final String CHECK = "checkInterruption";

    private InterruptChecks() {}

    /**
     * Moves the engine's checks in one function.
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
            if (call.name.equals(CHECK) && !precedesJump(call)) {
                calls = true;
                method.instructions.remove(call);
            }
        }
        if (calls) {
            method.instructions.insert(
                    new MethodInsnNode(Opcodes.INVOKESTATIC, helpers, CHECK, "()V", false));
        }
    }

    private static boolean precedesJump(MethodInsnNode check) {
        AbstractInsnNode next = check.getNext();
        return next.getOpcode() == Opcodes.GOTO || next.getOpcode() == Opcodes.TABLESWITCH;
    }
}
