package dev.jetway.module.resume;

import static dev.jetway.module.codegen.EngineFunctions.FUNCTION;
import static dev.jetway.module.codegen.EngineFunctions.GROUP;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/** The functions of the guest that runs on a thread. */
public final class GuestStack {
    private GuestStack() {}

    /**
     * The functions on this thread's stack, the first called first.
     *
     * @param most functions; of a deeper stack the first ones are left out
     */
    public static List<Integer> now(int most) {
        List<Integer> stack =
                StackWalker.getInstance()
                        .walk(all ->
                                all.filter(GuestStack::isFunction)
                                        .limit(most)
                                        .map(GuestStack::function)
                                        .toList());
        return stack.reversed();
    }

    private static int function(StackFrame frame) {
        return Integer.parseInt(frame.getMethodName().substring(FUNCTION.length()));
    }

    /** A function in a class of its own has a method in its group that calls it. */
    private static boolean isFunction(StackFrame frame) {
        String name = frame.getMethodName();
        return name.startsWith(FUNCTION)
                && frame.getClassName().startsWith(GROUP)
                && !frame.getClassName().contains(FUNCTION)
                && name.chars().skip(FUNCTION.length()).allMatch(Character::isDigit);
    }
}
