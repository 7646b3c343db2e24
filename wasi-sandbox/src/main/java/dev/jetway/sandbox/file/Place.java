package dev.jetway.sandbox.file;

import org.jspecify.annotations.Nullable;

/**
 * The end of a walk: a name in a directory whose handle is open. Valid until the walk is closed.
 *
 * @param <H> what stands for a directory that is open
 * @param directory the handle of the directory
 * @param name the name in it; null for the directory itself
 * @param depth depth of the directory in its volume
 * @param status status of the name when it was looked up; null if it was missing, or not looked up
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Place<H>(
        H directory, byte @Nullable [] name, int depth, @Nullable FileStatus status) {
    /** The name, for an operation on a name: {@code error} if the place is the directory itself. */
    public byte[] nameOr(Errno error) {
        if (name == null) {
            throw error.failure();
        }
        return name;
    }
}
