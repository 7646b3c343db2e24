package dev.jetway.sandbox.file;

import org.jspecify.annotations.Nullable;

/**
 * Where a path led: a name in a directory whose handle is open. Valid until the walk is closed.
 *
 * @param <H> what stands for a directory that is open
 * @param directory the handle of the directory
 * @param name the name in it; null for the directory itself
 * @param depth how deep in its volume the directory lies
 * @param status what the name stood for when it was looked up; null if it was not there, or not
 *     looked up
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Place<H>(
        H directory, byte @Nullable [] name, int depth, @Nullable FileStatus status) {
    /** The name, where an operation is about a name: {@code error} for the directory itself. */
    public byte[] nameOr(Errno error) {
        if (name == null) {
            throw error.failure();
        }
        return name;
    }
}
