package dev.jetway.route;

import dev.jetway.base.ByteSize;

/**
 * Limits of a site's writable volumes together. Immutable; safe to share between threads.
 *
 * @param bytes of regular files
 * @param files names of files, directories and links
 */
public record VolumeLimits(ByteSize bytes, int files) {
    /** The maximum of {@link #files()}. */
    public static final int MAX_FILES = 10_000_000;

    /** The maximum of {@link #bytes()}. */
    public static final ByteSize MAX_BYTES = ByteSize.ofMebibytes(1L << 24);
}
