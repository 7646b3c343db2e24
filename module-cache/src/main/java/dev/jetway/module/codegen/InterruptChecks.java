package dev.jetway.module.codegen;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Places the checks for an interrupt in a function: at each backward jump, as the engine does, at
 * its beginning if it calls another function or is large, and before operations whose work grows
 * with an operand. The engine checks before each call and once more in a call through a table.
 * {@link LoopChecks} says what becomes of those at backward jumps.
 */
final class InterruptChecks {
    static final String CHECK = "checkInterruption";

    /** Maximum instructions of a function that calls nothing and does not check. */
    static final int SMALL = 200;

    private InterruptChecks() {}

    /**
     * Moves the engine's checks in one function.
     *
     * @param helpers the class that checks
     */
    static void place(MethodNode method, String helpers) {
        boolean checks = method.instructions.size() > SMALL;
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (!(node instanceof MethodInsnNode call)) {
                continue;
            }
            checks |= call.name.startsWith("call_indirect_");
            if (call.name.equals(CHECK) && !precedesJump(call)) {
                checks = true;
                method.instructions.remove(call);
            } else if (isLong(call.name)) {
                method.instructions.insertBefore(call, check(helpers));
            }
        }
        if (checks) {
            placeAtStart(method, helpers);
        }
    }

    /** Has a method check at its beginning. */
    static void placeAtStart(MethodNode method, String helpers) {
        method.instructions.insert(check(helpers));
    }

    private static MethodInsnNode check(String helpers) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, helpers, CHECK, "()V", false);
    }

    /** Whether an operation of the engine's may take long; those on memory check by themselves. */
    private static boolean isLong(String name) {
        return switch (name) {
            case "tableGrow", "tableFill", "tableCopy", "tableInit" -> true;
            case "memoryGrow", "createWasmException" -> true;
            default -> name.startsWith("array");
        };
    }

    private static boolean precedesJump(MethodInsnNode check) {
        AbstractInsnNode next = check.getNext();
        return next.getOpcode() == Opcodes.GOTO || next.getOpcode() == Opcodes.TABLESWITCH;
    }
}
