package dev.jetway.sandbox.start;

import java.util.List;

/**
 * A call of a host function in the start of a guest. Immutable.
 *
 * @param calls the names of the host functions called until then, this one last
 * @param stack the functions on the guest's stack, the entry point first and this one last
 */
public record StartPoint(List<String> calls, List<Integer> stack) {
    /** Copies the lists. */
    public StartPoint {
        calls = List.copyOf(calls);
        stack = List.copyOf(stack);
    }
}
