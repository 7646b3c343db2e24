package dev.jetway.module.resume;

/** Helpers of generated code that goes on. */
public final class Frames {
    private Frames() {}

    /** The values of one function. */
    public static long[] at(long[][] frames, int index) {
        return frames[index];
    }
}
