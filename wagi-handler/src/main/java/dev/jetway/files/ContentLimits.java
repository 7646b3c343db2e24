package dev.jetway.files;

import dev.jetway.base.ByteSize;

/**
 * Limits of the cache of static files. Immutable.
 *
 * @param total bytes of all entries
 * @param file bytes of one file; a larger one is read while it is sent
 * @param leastCompressed bytes of the smallest text that is compressed
 * @param mostCompressed bytes of the largest text that is compressed
 * @param compressing texts compressed at once; others are sent uncompressed meanwhile
 */
public record ContentLimits(
        ByteSize total,
        ByteSize file,
        ByteSize leastCompressed,
        ByteSize mostCompressed,
        int compressing) {
    /** 32 MiB in all, 256 KiB a file, texts of 1 KiB to 4 MiB, one at a time. */
    public static final ContentLimits DEFAULT =
            new ContentLimits(
                    ByteSize.ofMebibytes(32),
                    new ByteSize(256 << 10),
                    new ByteSize(1 << 10),
                    ByteSize.ofMebibytes(4),
                    1);

    /** Checks that the limits are consistent. */
    public ContentLimits {
        if (file.bytes() > Integer.MAX_VALUE - 8 || mostCompressed.bytes() > 1L << 30) {
            throw new IllegalArgumentException("a file in memory is 1 GiB at most");
        }
        if (compressing < 0) {
            throw new IllegalArgumentException("the number of texts cannot be negative");
        }
    }
}
