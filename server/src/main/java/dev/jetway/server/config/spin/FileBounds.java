package dev.jetway.server.config.spin;

import dev.jetway.base.ByteSize;

/**
 * Limits of the files of one component. Immutable.
 *
 * @param files copied
 * @param bytes of all together
 * @param visited names that are looked at for its patterns
 * @param watched files whose changes are noticed; with more, none are
 */
record FileBounds(int files, ByteSize bytes, int visited, int watched) {
    /** The limits of every component. */
    static final FileBounds STANDARD =
            new FileBounds(20_000, ByteSize.ofMebibytes(1024), 200_000, 1000);
}
