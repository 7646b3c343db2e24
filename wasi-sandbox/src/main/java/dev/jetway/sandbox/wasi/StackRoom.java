package dev.jetway.sandbox.wasi;

/**
 * Makes sure that a host function which opens something can run to its end. A guest chooses how
 * deep in its thread's stack it calls; a stack that ends between the opening of a handle and its
 * entry into a table would leave the handle open for ever. So the stack ends here, or not at all.
 */
final class StackRoom {
    /** Calls that fit afterwards; host functions are about thirty deep. */
    private static final int DEPTH = 256;

    private StackRoom() {}

    /** Throws a {@link StackOverflowError} if there is too little. */
    static void require() {
        if (descend(DEPTH, 1, 2, 3, 4, 5, 6) < 0) {
            throw new IllegalStateException("a sum of positive numbers is negative");
        }
    }

    /** No frame may go: each call comes back for the sum, and has something to keep meanwhile. */
    private static long descend(int left, long a, long b, long c, long d, long e, long f) {
        return left == 0 ? a : descend(left - 1, b, c, d, e, f, a) + (a + b + c + d + e + f) % left;
    }
}
