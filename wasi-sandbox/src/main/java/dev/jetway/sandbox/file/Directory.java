package dev.jetway.sandbox.file;

import java.util.function.BiConsumer;

/**
 * An open directory. Paths lead from it and never above it, whatever links they pass. Every failure
 * is an {@link ErrnoException}. Used by the run's thread only.
 */
public non-sealed interface Directory extends Opened {
    /** Opens a regular file or a directory. */
    Opened open(GuestPath path, OpenRequest request);

    /** Makes a directory. */
    void createDirectory(GuestPath path);

    /** Removes an empty directory. */
    void removeDirectory(GuestPath path);

    /** Removes a name, but not that of a directory. */
    void removeFile(GuestPath path);

    /** Makes a symbolic link, which must be relative and point into the same volume. */
    void createLink(byte[] target, GuestPath path);

    /**
     * Reads the target of a symbolic link; an absolute target is {@link Errno#PERM}, because it
     * shows a path of the host.
     */
    byte[] readLink(GuestPath path);

    /** Adds a name of a file, in the same volume. */
    void link(GuestPath existing, Directory target, GuestPath path);

    /** Renames, replacing an existing target. */
    void rename(GuestPath from, Directory target, GuestPath to);

    /**
     * Calls with the directory in which a name is to be made, and the path from there: another one
     * if the path leads to another volume.
     */
    default void atNewName(GuestPath path, BiConsumer<Directory, GuestPath> action) {
        action.accept(this, path);
    }

    /** The status of a path's target. */
    FileStatus status(GuestPath path, boolean follow);

    /** Sets the times of a path's target. */
    void setTimes(GuestPath path, boolean follow, TimeChange accessed, TimeChange modified);

    /** Whether the directory is read-only. */
    boolean readOnly();

    /**
     * Lists the entries from a cookie on: 0 is the start, others come from {@link Entry#next}. The
     * inode of {@code ..} is that of the parent; in a volume's root, its own.
     */
    void list(long cookie, Entries entries);

    /** Receives entries. */
    @FunctionalInterface
    interface Entries {
        /** Receives an entry; returns whether another is wanted. */
        boolean take(Entry entry);
    }

    /**
     * One entry.
     *
     * @param inode the number of what it stands for
     * @param next the cookie of the entry after it
     * @param type what it stands for
     * @param name UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Entry(long inode, long next, FileType type, byte[] name) {}
}
