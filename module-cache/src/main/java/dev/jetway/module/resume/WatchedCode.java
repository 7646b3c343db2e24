package dev.jetway.module.resume;

import dev.jetway.module.memory.MemoryAccess;
import dev.jetway.module.memory.WatchedAccess;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Rewrites generated classes so that their loads and stores are watched. */
final class WatchedCode {
    private static final String ACCESS = Type.getInternalName(MemoryAccess.class);
    private static final String WATCHED = Type.getInternalName(WatchedAccess.class);

    private WatchedCode() {}

    /** The classes, watched. */
    static Map<String, byte[]> in(Map<String, byte[]> classes) {
        var watched = new HashMap<String, byte[]>();
        classes.forEach((name, bytes) -> watched.put(name, in(bytes)));
        return watched;
    }

    private static byte[] in(byte[] original) {
        var reader = new ClassReader(original);
        // Frames stay the same: each method is replaced by one with the same parameters.
        var writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] thrown) {
                        return watched(super.visitMethod(access, name, type, generic, thrown));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static MethodVisitor watched(MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String type, boolean isInterface) {
                boolean access = owner.equals(ACCESS) && !name.equals("check");
                super.visitMethodInsn(opcode, access ? WATCHED : owner, name, type, isInterface);
            }
        };
    }
}
