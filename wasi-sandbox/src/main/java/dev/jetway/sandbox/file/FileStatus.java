package dev.jetway.sandbox.file;

/**
 * The status of a file. Immutable.
 *
 * @param device the file system it is on
 * @param inode its number there
 * @param type its type
 * @param links number of its names
 * @param size bytes
 * @param accessed nanoseconds since 1970
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970
 */
public record FileStatus(
        long device,
        long inode,
        FileType type,
        long links,
        long size,
        long accessed,
        long modified,
        long changed) {}
