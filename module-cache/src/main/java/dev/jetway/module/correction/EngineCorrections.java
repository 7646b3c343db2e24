package dev.jetway.module.correction;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Replaces wrong operations of the engine in a guest's classes by ours with the same parameters.
 * EngineCorrectionsTest fails when an engine makes one needless.
 */
public final class EngineCorrections {
    private static final String ENGINE = "com/dylibso/chicory/runtime/OpcodeImpl";
    private static final String INSTANCE = "com/dylibso/chicory/runtime/Instance";
    private static final String SHADED = "Shaded";

    private static final String FLOATS = Type.getInternalName(FloatOperations.class);
    private static final String TABLES = Type.getInternalName(TableOperations.class);
    private static final String EXCEPTIONS = Type.getInternalName(ExceptionOperations.class);
    private static final Map<String, Operation> CORRECTED = corrected();

    private EngineCorrections() {}

    /** Our method; in place of an instance method its first parameter is the object. */
    private record Operation(String owner, String name) {}

    private static Map<String, Operation> corrected() {
        var operations = new HashMap<String, Operation>();
        for (String operation : new String[] {"min", "max", "ceil", "floor", "trunc", "nearest"}) {
            addFloat(operation, operations);
        }
        addFloat("sqrt", operations);
        addFloat("copysign", operations);
        operations.put(ENGINE + ".TABLE_FILL", new Operation(TABLES, "fill"));
        operations.put(ENGINE + ".TABLE_COPY", new Operation(TABLES, "copy"));
        operations.put(ENGINE + ".TABLE_INIT", new Operation(TABLES, "init"));
        operations.put(SHADED + ".createWasmException", new Operation(EXCEPTIONS, "create"));
        operations.put(INSTANCE + ".registerException", new Operation(EXCEPTIONS, "reference"));
        operations.put(INSTANCE + ".exn", new Operation(EXCEPTIONS, "referenced"));
        return Map.copyOf(operations);
    }

    private static void addFloat(String operation, Map<String, Operation> operations) {
        String name = operation.toUpperCase(Locale.ROOT);
        operations.put(ENGINE + ".F32_" + name, new Operation(FLOATS, operation));
        operations.put(ENGINE + ".F64_" + name, new Operation(FLOATS, operation));
    }

    /** The classes of a guest with corrections. */
    public static Map<String, byte[]> in(Map<String, byte[]> classes) {
        var corrected = new HashMap<String, byte[]>();
        classes.forEach((name, bytes) -> corrected.put(name, in(bytes)));
        return corrected;
    }

    private static byte[] in(byte[] original) {
        var reader = new ClassReader(original);
        // Stack and frame sizes stay the same: each replacement has the operands of the original.
        var writer = new ClassWriter(reader, 0);
        reader.accept(new Classes(writer), 0);
        return writer.toByteArray();
    }

    private static final class Classes extends ClassVisitor {
        Classes(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, String signature, String[] exceptions) {
            return new Methods(super.visitMethod(access, name, type, signature, exceptions));
        }
    }

    private static final class Methods extends MethodVisitor {
        Methods(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String type, boolean isInterface) {
            String of = owner.endsWith(SHADED) ? SHADED : owner;
            Operation ours = CORRECTED.get(of + '.' + name);
            if (ours == null) {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
                return;
            }
            String parameters = opcode == Opcodes.INVOKEVIRTUAL ? "(L" + owner + ';' : "(";
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    ours.owner(),
                    ours.name(),
                    parameters + type.substring(1),
                    false);
        }

        @Override
        public void visitInsn(int opcode) {
            switch (opcode) {
                case Opcodes.FCONST_0 -> constant("f32Zero", "F");
                case Opcodes.FCONST_1 -> constant("f32One", "F");
                case Opcodes.DCONST_0 -> constant("f64Zero", "D");
                case Opcodes.DCONST_1 -> constant("f64One", "D");
                default -> super.visitInsn(opcode);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value.equals(0f)) {
                constant("f32Zero", "F");
            } else if (value.equals(1f)) {
                constant("f32One", "F");
            } else if (value.equals(0d)) {
                constant("f64Zero", "D");
            } else if (value.equals(1d)) {
                constant("f64One", "D");
            } else {
                super.visitLdcInsn(value);
            }
        }

        private void constant(String field, String type) {
            super.visitFieldInsn(Opcodes.GETSTATIC, FLOATS, field, type);
        }
    }
}
