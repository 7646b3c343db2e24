package dev.jetway.module.resume;

import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call at which a function can be resumed. The values of a frame are its variables, then its
 * stack from the bottom. Memory and instance, on top of the stack, are left out.
 *
 * @param number among the calls of its function
 * @param call the instruction
 * @param variables that have a value; none is a reference
 * @param stack types of the values below memory and instance; none is a reference
 * @param arguments how many of these values belong to the call
 */
record CallSite(
        int number,
        MethodInsnNode call,
        List<Variable> variables,
        List<Type> stack,
        int arguments) {
    CallSite {
        variables = List.copyOf(variables);
        stack = List.copyOf(stack);
    }

    /** A variable in its slot. */
    record Variable(int slot, Type type) {}

    /** Number of values of a frame. */
    int values() {
        return variables.size() + stack.size();
    }
}
