package dev.jetway.module.codegen;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Code that moves values to a frame array and back. */
public final class Values {
    static final Type NUMBERS = Type.getType(long[].class);
    static final Type REFERENCES = Type.getType(Object[].class);

    private Values() {}

    /** Whether a type is not a number's. */
    public static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }

    /** Pushes a constant. */
    public static void push(MethodVisitor code, int number) {
        if (number >= -1 && number <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number >= Byte.MIN_VALUE && number <= Byte.MAX_VALUE) {
            code.visitIntInsn(Opcodes.BIPUSH, number);
        } else if (number >= Short.MIN_VALUE && number <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            code.visitLdcInsn(number);
        }
    }

    /** Pushes a slot. */
    public static void load(MethodVisitor code, Type type, int slot) {
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
    }

    /** Pops into a slot. */
    public static void store(MethodVisitor code, Type type, int slot) {
        code.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slot);
    }

    /**
     * Moves a slot to a place of a frame.
     *
     * @param frame the slot of an array of numbers, or of references if it is one
     */
    public static void save(MethodVisitor code, Type type, int slot, int frame, int place) {
        code.visitVarInsn(Opcodes.ALOAD, frame);
        push(code, place);
        load(code, type, slot);
        if (isReference(type)) {
            code.visitInsn(Opcodes.AASTORE);
            return;
        }
        switch (type.getSort()) {
            case Type.INT -> code.visitInsn(Opcodes.I2L);
            case Type.FLOAT -> {
                call(code, Float.class, "floatToRawIntBits", "(F)I");
                code.visitInsn(Opcodes.I2L);
            }
            case Type.DOUBLE -> call(code, Double.class, "doubleToRawLongBits", "(D)J");
            default -> {}
        }
        code.visitInsn(Opcodes.LASTORE);
    }

    /** Pushes a place of a frame. */
    public static void restore(MethodVisitor code, Type type, int frame, int place) {
        code.visitVarInsn(Opcodes.ALOAD, frame);
        push(code, place);
        if (isReference(type)) {
            code.visitInsn(Opcodes.AALOAD);
            code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
            return;
        }
        code.visitInsn(Opcodes.LALOAD);
        switch (type.getSort()) {
            case Type.INT -> code.visitInsn(Opcodes.L2I);
            case Type.FLOAT -> {
                code.visitInsn(Opcodes.L2I);
                call(code, Float.class, "intBitsToFloat", "(I)F");
            }
            case Type.DOUBLE -> call(code, Double.class, "longBitsToDouble", "(J)D");
            default -> {}
        }
    }

    /**
     * Code that calls a static method with the parameters of its own method and returns the result.
     *
     * @param slot of the first parameter
     * @param owner of the method, with slashes
     */
    static void passOn(MethodVisitor code, int slot, String owner, String name, String descriptor) {
        int next = slot;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            load(code, type, next);
            next += type.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    }

    private static void call(MethodVisitor code, Class<?> owner, String name, String descriptor) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, Type.getInternalName(owner), name, descriptor, false);
    }
}
