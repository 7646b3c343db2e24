package dev.jetway.sandbox.wasi;

/**
 * Makes sure that a host function which opens something can run to its end. A guest chooses how
 * deep its stack is; an overflow between the opening of a handle and its entry into a table would
 * leave the handle open for ever. So the stack overflows here, or not at all.
 */
final class StackRoom {
    /** Number of calls that fit afterwards; host functions are about thirty deep. */
    private static final int DEPTH = 256;

    private StackRoom() {}

    /** Throws a {@link StackOverflowError} if the stack is too small. */
    static void require() {
        if (descend(DEPTH, 1, 2, 3, 4, 5, 6) < 0) {
            throw new IllegalStateException("a sum of positive numbers is negative");
        }
    }

    /** Keeps every frame alive: each call returns for its sum and holds a value meanwhile. */
    private static long descend(int left, long a, long b, long c, long d, long e, long f) {
        return left == 0 ? a : descend(left - 1, b, c, d, e, f, a) + (a + b + c + d + e + f) * left;
    }
}
