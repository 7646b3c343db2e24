package dev.jetway.sandbox.file;

/**
 * The options of an open call. Immutable.
 *
 * @param follow whether a symbolic link at the end is followed
 * @param create whether a missing file is made
 * @param exclusive whether an existing file is an error, with {@code create}
 * @param truncate whether an existing file is emptied
 * @param directory whether anything but a directory is an error
 * @param read whether it is to be read
 * @param write whether it is to be written
 * @param append whether every write goes to the end
 * @param sync whether a write waits for the device
 */
public record OpenRequest(
        boolean follow,
        boolean create,
        boolean exclusive,
        boolean truncate,
        boolean directory,
        boolean read,
        boolean write,
        boolean append,
        boolean sync) {}
