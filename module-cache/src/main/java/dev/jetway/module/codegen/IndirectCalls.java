package dev.jetway.module.codegen;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The method that calls one of more than a thousand functions of a type by its number. It begins
 * with its parameters, which the engine counts as if each were one word, and another type's
 * function has no number there, which the engine calls unknown.
 */
final class IndirectCalls extends MethodVisitor {
    private static final String MISMATCH = "throwUnknownFunction";

    /** Memory, instance and the number of the function. */
    private static final int OWN = 3;

    private final Type[] parameters;
    private int loaded;

    IndirectCalls(MethodVisitor next, String type) {
        super(Opcodes.ASM9, next);
        this.parameters = Type.getArgumentTypes(type);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        if (loaded < parameters.length - OWN) {
            super.visitVarInsn(opcode, word(loaded));
            loaded++;
        } else {
            super.visitVarInsn(opcode, variable);
        }
    }

    private int word(int parameter) {
        int word = 0;
        for (int i = 0; i < parameter; i++) {
            word += parameters[i].getSize();
        }
        return word;
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean isInterface) {
        if (name.equals(MISMATCH)) {
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    Type.getInternalName(TableOperations.class),
                    "mismatch",
                    type,
                    false);
        } else {
            super.visitMethodInsn(opcode, owner, name, type, isInterface);
        }
    }
}
