package dev.jetway.module.resume;

import dev.jetway.module.codegen.Values;
import dev.jetway.module.memory.WatchedAccess;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Adds to a function that it tells of each call that may lead on, with all its values. */
final class RecordingCode {
    private static final String WATCHED = Type.getInternalName(WatchedAccess.class);

    private RecordingCode() {}

    /**
     * Rewrites a function.
     *
     * @param function its number
     * @param functions that may be the next on the stack
     */
    static void rewrite(MethodNode code, int function, Set<Integer> functions) {
        List<CallSite> sites = CallSites.of(code, functions);
        int depth = CallSites.freeSlot(code);
        for (CallSite site : sites) {
            code.instructions.insertBefore(site.call(), before(site, function, depth));
        }
        var start = new MethodNode();
        start.visitMethodInsn(Opcodes.INVOKESTATIC, WATCHED, "depth", "()I", false);
        start.visitVarInsn(Opcodes.ISTORE, depth);
        code.instructions.insert(start.instructions);
    }

    /** Empties the stack into slots, keeps all values in an array and fills the stack again. */
    private static InsnList before(CallSite site, int function, int depth) {
        var added = new MethodNode();
        int instance = depth + 1;
        int memory = depth + 2;
        int values = depth + 3;
        int slot = depth + 4;
        int[] slots = new int[site.stack().size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot;
            slot += site.stack().get(i).getSize();
        }
        added.visitVarInsn(Opcodes.ASTORE, instance);
        added.visitVarInsn(Opcodes.ASTORE, memory);
        for (int i = slots.length - 1; i >= 0; i--) {
            Values.store(added, site.stack().get(i), slots[i]);
        }
        Values.push(added, site.values());
        added.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        added.visitVarInsn(Opcodes.ASTORE, values);
        int place = 0;
        for (CallSite.Variable variable : site.variables()) {
            Values.save(added, variable.type(), variable.slot(), values, place++);
        }
        for (int i = 0; i < slots.length; i++) {
            Values.save(added, site.stack().get(i), slots[i], values, place++);
        }
        added.visitVarInsn(Opcodes.ILOAD, depth);
        Values.push(added, function);
        Values.push(added, site.number());
        added.visitVarInsn(Opcodes.ALOAD, values);
        added.visitMethodInsn(Opcodes.INVOKESTATIC, WATCHED, "enter", "(III[J)V", false);
        for (int i = 0; i < slots.length; i++) {
            Values.load(added, site.stack().get(i), slots[i]);
        }
        added.instructions.add(new VarInsnNode(Opcodes.ALOAD, memory));
        added.instructions.add(new VarInsnNode(Opcodes.ALOAD, instance));
        return added.instructions;
    }
}
