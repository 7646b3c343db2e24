package dev.jetway.module.resume;

import dev.jetway.module.codegen.MemoryCode;
import dev.jetway.module.codegen.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes of a function a method that goes on from a call: its parameters are the frames of all
 * functions on the stack, the memory and the instance. Where the call was of the next function on
 * the stack, that one goes on first; a call of a host function is made again.
 */
final class ResumingCode {
    /** Slots of the frames and of the two other parameters. */
    private static final int FRAMES = 0;

    private static final int MEMORY = 1;
    private static final int INSTANCE = 2;
    private static final int PARAMETERS = 3;
    private static final String FRAMES_OWNER = Type.getInternalName(Frames.class);

    private ResumingCode() {}

    /** The next function on the stack, as a method that goes on. */
    record Next(String owner, String name, String descriptor) {}

    /** The parameters of such a method, with a result of its function. */
    static String descriptor(String function) {
        return "([[JLcom/dylibso/chicory/runtime/Memory;Lcom/dylibso/chicory/runtime/Instance;)"
                + Type.getReturnType(function).getDescriptor();
    }

    /**
     * The method.
     *
     * @param code of the function, which is used up
     * @param functions with which its calls are numbered
     * @param number of the call
     * @param index of its frame
     * @param next empty if the call is one of a host function
     */
    static MethodNode of(
            MethodNode code, Set<Integer> functions, int number, int index, Optional<Next> next) {
        List<CallSite> sites = CallSites.of(code, functions);
        CallSite site =
                sites.stream()
                        .filter(s -> s.number() == number)
                        .findFirst()
                        .orElseThrow(() -> new UnresumableException("there is no such call"));
        int memory = (Type.getArgumentsAndReturnSizes(code.desc) >> 2) - 3;
        InsnList start = start(code, site, memory, index, next);
        moveSlots(code, memory);
        var method =
                new MethodNode(
                        Opcodes.ASM9,
                        code.access,
                        MemoryCode.RESUME + index,
                        descriptor(code.desc),
                        null,
                        null);
        method.instructions = code.instructions;
        method.tryCatchBlocks = code.tryCatchBlocks;
        method.instructions.insert(start);
        return method;
    }

    private static int moved(int slot, int memory) {
        if (slot == memory) {
            return MEMORY;
        }
        return slot == memory + 1 ? INSTANCE : slot + PARAMETERS;
    }

    private static void moveSlots(MethodNode code, int memory) {
        for (AbstractInsnNode node : code.instructions) {
            if (node instanceof VarInsnNode variable) {
                variable.var = moved(variable.var, memory);
            } else if (node instanceof IincInsnNode variable) {
                variable.var = moved(variable.var, memory);
            }
        }
    }

    private static InsnList start(
            MethodNode code, CallSite site, int memory, int index, Optional<Next> next) {
        var added = new MethodNode();
        int values = CallSites.freeSlot(code) + PARAMETERS;
        added.visitVarInsn(Opcodes.ALOAD, FRAMES);
        Values.push(added, index);
        added.visitMethodInsn(Opcodes.INVOKESTATIC, FRAMES_OWNER, "at", "([[JI)[J", false);
        added.visitVarInsn(Opcodes.ASTORE, values);
        int place = 0;
        for (CallSite.Variable variable : site.variables()) {
            Values.restore(added, variable.type(), values, place++);
            Values.store(added, variable.type(), moved(variable.slot(), memory));
        }
        int kept = site.stack().size() - (next.isPresent() ? site.arguments() : 0);
        for (int i = 0; i < kept; i++) {
            Values.restore(added, site.stack().get(i), values, place++);
        }
        if (next.isPresent()) {
            added.visitVarInsn(Opcodes.ALOAD, FRAMES);
        }
        added.visitVarInsn(Opcodes.ALOAD, MEMORY);
        added.visitVarInsn(Opcodes.ALOAD, INSTANCE);
        var onward = new LabelNode();
        if (next.isPresent()) {
            call(code, site, added, next.get());
            code.instructions.insert(site.call(), onward);
        } else {
            code.instructions.insertBefore(site.call(), onward);
        }
        added.instructions.add(new JumpInsnNode(Opcodes.GOTO, onward));
        return added.instructions;
    }

    /** The call of the next function, under the handlers of the function's own call. */
    private static void call(MethodNode code, CallSite site, MethodNode added, Next next) {
        var from = new LabelNode();
        var to = new LabelNode();
        added.instructions.add(from);
        added.visitMethodInsn(
                Opcodes.INVOKESTATIC, next.owner(), next.name(), next.descriptor(), false);
        added.instructions.add(to);
        int at = code.instructions.indexOf(site.call());
        for (TryCatchBlockNode block : List.copyOf(code.tryCatchBlocks)) {
            if (code.instructions.indexOf(block.start) < at
                    && at < code.instructions.indexOf(block.end)) {
                code.tryCatchBlocks.add(new TryCatchBlockNode(from, to, block.handler, block.type));
            }
        }
    }
}
