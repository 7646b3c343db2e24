package dev.jetway.module.codegen;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;

/**
 * Words that an instruction takes from the top of the stack, and words that it then puts there (JVM
 * specification §6.5).
 */
record StackEffect(int taken, int put) {
    /** A digit for each opcode; those of calls, fields and constants are computed. */
    private static final String TAKEN =
            "000000000000000000000000000000000000000000000022222222121210"
                    + "000000000000000000034343333121232342242424242424242424241212"
                    + "232323242424011122211122211142244111111222222220001112121000"
                    + "0000000011111111001100";

    private static final String PUT =
            "011111111221112211112121210000000000000000000012121111000000"
                    + "000000000000000000000000000002344562121212121212121212121212"
                    + "121212121212021211212212111111111000000000000000100000000000"
                    + "0000000111101100000000";

    /** The effect of an instruction of generated code. */
    static StackEffect of(AbstractInsnNode instruction) {
        return switch (instruction) {
            case MethodInsnNode call -> ofCall(call);
            case FieldInsnNode field -> ofField(field);
            case LdcInsnNode constant ->
                    new StackEffect(
                            0,
                            constant.cst instanceof Long || constant.cst instanceof Double ? 2 : 1);
            case InvokeDynamicInsnNode dynamic ->
                    throw new IllegalStateException("generated code has none: " + dynamic.name);
            case MultiANewArrayInsnNode array ->
                    throw new IllegalStateException("generated code has none: " + array.desc);
            default -> {
                int opcode = instruction.getOpcode();
                yield new StackEffect(TAKEN.charAt(opcode) - '0', PUT.charAt(opcode) - '0');
            }
        };
    }

    private static StackEffect ofCall(MethodInsnNode call) {
        int sizes = Type.getArgumentsAndReturnSizes(call.desc);
        int implicit = call.getOpcode() == Opcodes.INVOKESTATIC ? 1 : 0;
        return new StackEffect((sizes >> 2) - implicit, sizes & 3);
    }

    private static StackEffect ofField(FieldInsnNode field) {
        int size = Type.getType(field.desc).getSize();
        return switch (field.getOpcode()) {
            case Opcodes.GETSTATIC -> new StackEffect(0, size);
            case Opcodes.PUTSTATIC -> new StackEffect(size, 0);
            case Opcodes.GETFIELD -> new StackEffect(1, size);
            default -> new StackEffect(1 + size, 0);
        };
    }
}
