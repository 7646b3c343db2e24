package dev.jetway.module.resume;

import dev.jetway.module.codegen.EngineFunctions;
import dev.jetway.module.codegen.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Finds the calls of a function that may lead on to the functions of a stack. */
final class CallSites {
    /** Maximum of instructions times slots of a function: the analysis keeps all their values. */
    static final long MOST = 1L << 24;

    /** Memory and instance, the last parameters of each function. */
    private static final int LAST_TWO = 2;

    private CallSites() {}

    /**
     * The calls in the order of the code, without those that cannot be reached.
     *
     * @param code as the engine made it
     * @param functions that are called; calls through tables always count
     */
    static List<CallSite> of(MethodNode code, Set<Integer> functions) {
        if ((long) code.instructions.size() * freeSlot(code) > MOST) {
            throw new UnresumableException(code.name + " is too large to be resumed");
        }
        Frame<BasicValue>[] frames = frames(code);
        var sites = new ArrayList<CallSite>();
        int number = 0;
        for (int i = 0; i < frames.length; i++) {
            if (code.instructions.get(i) instanceof MethodInsnNode call && leads(call, functions)) {
                if (frames[i] != null) {
                    sites.add(site(number, call, frames[i]));
                }
                number++;
            }
        }
        return sites;
    }

    private static Frame<BasicValue>[] frames(MethodNode code) {
        try {
            return new Analyzer<>(new BasicInterpreter())
                    .analyzeAndComputeMaxs("java/lang/Object", code);
        } catch (AnalyzerException e) {
            throw new UnresumableException(code.name + " cannot be analysed");
        }
    }

    private static boolean leads(MethodInsnNode call, Set<Integer> functions) {
        return call.name.startsWith("call_indirect_")
                || (call.name.startsWith(EngineFunctions.FUNCTION)
                        && functions.contains(Integer.parseInt(call.name.substring(5))));
    }

    private static CallSite site(int number, MethodInsnNode call, Frame<BasicValue> frame) {
        var variables = new ArrayList<CallSite.Variable>();
        for (int slot = 0; slot < frame.getLocals(); slot++) {
            Type type = number(frame.getLocal(slot));
            if (type != null) {
                variables.add(new CallSite.Variable(slot, type));
            }
        }
        var stack = new ArrayList<Type>();
        for (int i = 0; i < frame.getStackSize() - LAST_TWO; i++) {
            Type type = number(frame.getStack(i));
            if (type == null) {
                throw new UnresumableException(
                        "a reference lies on the stack of a call of " + call.name);
            }
            stack.add(type);
        }
        int arguments = Type.getArgumentTypes(call.desc).length - LAST_TWO;
        return new CallSite(number, call, variables, stack, arguments);
    }

    private static @Nullable Type number(BasicValue value) {
        Type type = value.getType();
        return type == null || Values.isReference(type) || type.getSort() == Type.VOID
                ? null
                : type;
    }

    /** A slot after all that a method uses. */
    static int freeSlot(MethodNode method) {
        int free = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof VarInsnNode variable) {
                free = Math.max(free, variable.var + 2);
            } else if (node instanceof IincInsnNode variable) {
                free = Math.max(free, variable.var + 1);
            }
        }
        return free;
    }
}
