package dev.jetway.module.codegen;

/**
 * Limits for the size of methods, in bytes of code.
 *
 * @param largestMethod a function up to that size is one method
 * @param chunk about the size of the methods that larger ones are split into
 */
public record CodeLimits(int largestMethod, int chunk) {
    /** HotSpot's own bound for methods that it compiles is 8,000 bytes (HugeMethodLimit). */
    public static final CodeLimits DEFAULT = new CodeLimits(8_000, 6_000);

    /** Checks the bounds. */
    public CodeLimits {
        if (chunk < 1 || largestMethod < 0 || largestMethod > 65_535) {
            throw new IllegalArgumentException(
                    "limits of methods: " + largestMethod + ", " + chunk);
        }
    }
}
