package dev.jetway.files;

import dev.jetway.sandbox.file.FileStatus;

/**
 * Properties that change with a file's contents. Immutable.
 *
 * @param device the file system
 * @param inode the file's number in it
 * @param size bytes
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970; no program can set it
 */
record Stamp(long device, long inode, long size, long modified, long changed) {
    static Stamp of(FileStatus status) {
        return new Stamp(
                status.device(),
                status.inode(),
                status.size(),
                status.modified(),
                status.changed());
    }
}
