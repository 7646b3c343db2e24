package dev.jetway.module.codegen;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/** Types of values on the stack; references, unlike in ASM's own analysis, exactly. */
final class StackTypes extends BasicInterpreter {
    StackTypes() {
        super(Opcodes.ASM9);
    }

    @Override
    public BasicValue newValue(Type type) {
        return type != null && Values.isReference(type)
                ? new BasicValue(type)
                : super.newValue(type);
    }

    /**
     * Numbers have the type of their instruction; only references are followed through variables.
     */
    @Override
    public BasicValue copyOperation(AbstractInsnNode instruction, BasicValue value) {
        return switch (instruction.getOpcode()) {
            case Opcodes.ILOAD -> BasicValue.INT_VALUE;
            case Opcodes.LLOAD -> BasicValue.LONG_VALUE;
            case Opcodes.FLOAD -> BasicValue.FLOAT_VALUE;
            case Opcodes.DLOAD -> BasicValue.DOUBLE_VALUE;
            default -> value;
        };
    }
}
