package dev.jetway.sandbox.file;

/**
 * An open directory: paths lead from it and never above it, whatever links they meet. Every failure
 * is an {@link ErrnoException}. Used by the run's thread only.
 */
public non-sealed interface Directory extends Opened {
    /** Opens a regular file or a directory. */
    Opened open(GuestPath path, OpenRequest request);

    /** Makes a directory. */
    void createDirectory(GuestPath path);

    /** Removes an empty directory. */
    void removeDirectory(GuestPath path);

    /** Removes a name of anything but a directory. */
    void removeFile(GuestPath path);

    /** Makes a symbolic link, which may only point into the same volume, relatively. */
    void createLink(byte[] target, GuestPath path);

    /** What a symbolic link says; an absolute one is {@link Errno#PERM}: it tells of the host. */
    byte[] readLink(GuestPath path);

    /** Gives a file another name, in the same volume. */
    void link(GuestPath existing, Directory target, GuestPath path);

    /** Moves a name, replacing what has the new one. */
    void rename(GuestPath from, Directory target, GuestPath to);

    /** What the path leads to. */
    FileStatus status(GuestPath path, boolean follow);

    /** Sets the times of what the path leads to. */
    void setTimes(GuestPath path, boolean follow, TimeChange accessed, TimeChange modified);

    /** Whether nothing in it may be changed. */
    boolean readOnly();

    /**
     * Lists the entries from a place on: 0 is the start, others come from {@link Entry#next}. The
     * inode of {@code ..} is that of the directory above; of a volume's root, its own.
     */
    void list(long cookie, Entries entries);

    /** Takes entries. */
    @FunctionalInterface
    interface Entries {
        /** Whether another is wanted. */
        boolean take(Entry entry);
    }

    /**
     * One name.
     *
     * @param inode the number of what it stands for
     * @param next the cookie of the entry after it
     * @param type what it stands for
     * @param name UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Entry(long inode, long next, FileType type, byte[] name) {}
}
