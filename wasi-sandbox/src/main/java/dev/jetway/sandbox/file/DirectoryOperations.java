package dev.jetway.sandbox.file;

import dev.jetway.sandbox.file.walk.PathWalk;

/**
 * What volumes are made of: directories and names in them, one call each, as those of POSIX that
 * end in {@code at}. No call takes more than one name, and none follows a symbolic link: {@link
 * PathWalk} does both, for every kind of volume alike. Every failure is an {@link ErrnoException}.
 * Used by the run's thread only.
 *
 * @param <H> what stands for a directory that is open
 */
public interface DirectoryOperations<H> {
    /** Opens a directory to walk on from it; of a link {@link Errno#NOTDIR} or LOOP. */
    H enter(H here, byte[] name);

    /** Opens a directory again, or the one under a name, to list it. */
    H openDirectory(H here, byte[] name);

    /** Opens, or makes, a regular file; anything else is an error. */
    OpenFile openFile(H here, byte[] name, OpenRequest request, FileUse use);

    /** Closes a directory. */
    void close(H directory);

    /** What it is. */
    FileStatus status(H directory);

    /** What a name stands for: of a link, the link. */
    FileStatus status(H here, byte[] name);

    /** What a symbolic link says; {@link Errno#INVAL} if it is none. */
    byte[] readLink(H here, byte[] name);

    /** Makes a directory. */
    void makeDirectory(H here, byte[] name);

    /** Makes a symbolic link. */
    void makeLink(byte[] target, H here, byte[] name);

    /** Removes a name, of an empty directory or of anything else. */
    void remove(H here, byte[] name, boolean isDirectory);

    /** Moves a name over another. */
    void rename(H from, byte[] name, H to, byte[] newName);

    /** Gives the thing itself another name. */
    void link(H from, byte[] name, H to, byte[] newName);

    /** Sets the times of what the name stands for: of a link, those of the link. */
    void setTimes(H here, byte[] name, TimeChange accessed, TimeChange modified);

    /** Sets the times of the directory. */
    void setTimes(H directory, TimeChange accessed, TimeChange modified);

    /** Gives the entries from a cookie on. */
    void list(H directory, long cookie, Directory.Entries entries);

    /** Waits until the device has the directory. */
    void sync(H directory, boolean metadata);
}
