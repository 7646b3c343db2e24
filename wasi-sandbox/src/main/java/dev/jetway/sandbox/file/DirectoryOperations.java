package dev.jetway.sandbox.file;

import dev.jetway.sandbox.file.walk.PathWalk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a storage provides for volumes: directories and names in them, one call each,
 * as those of POSIX that end in {@code at}. No call but {@link #enterAll} takes more than one name,
 * and none follows a symbolic link: {@link PathWalk} does both for every storage. Every failure is
 * an {@link ErrnoException}. Used by the run's thread only.
 *
 * @param <H> what stands for a directory that is open
 */
public interface DirectoryOperations<H> {
    /**
     * Opens a directory below another to walk on from, if each name on the way is a directory and
     * no link. Null if there is a link, if this storage cannot tell, or for any failure but {@link
     * Errno#NOENT}: then the names are to be entered one by one.
     */
    default @Nullable H enterAll(H here, List<byte[]> below) {
        return null;
    }

    /** Opens a directory to walk on from; a link fails with {@link Errno#NOTDIR} or LOOP. */
    H enter(H here, byte[] name);

    /** Opens a directory again, or the one under a name, to list it. */
    H openDirectory(H here, byte[] name);

    /** Opens or creates a regular file; anything else is an error. */
    OpenFile openFile(H here, byte[] name, OpenRequest request, FileUse use);

    /** Closes a directory. */
    void close(H directory);

    /** The status of a directory. */
    FileStatus status(H directory);

    /** The status of a name; of a link, that of the link itself. */
    FileStatus status(H here, byte[] name);

    /** Reads the target of a symbolic link; {@link Errno#INVAL} if the name is not one. */
    byte[] readLink(H here, byte[] name);

    /** Makes a directory. */
    void makeDirectory(H here, byte[] name);

    /** Makes a symbolic link. */
    void makeLink(byte[] target, H here, byte[] name);

    /** Removes a name, of an empty directory or of anything else. */
    void remove(H here, byte[] name, boolean isDirectory);

    /** Renames, replacing an existing target. */
    void rename(H from, byte[] name, H to, byte[] newName);

    /** Adds a name of the file itself. */
    void link(H from, byte[] name, H to, byte[] newName);

    /** Sets the times of a name's file; of a link, those of the link itself. */
    void setTimes(H here, byte[] name, TimeChange accessed, TimeChange modified);

    /** Sets the times of the directory. */
    void setTimes(H directory, TimeChange accessed, TimeChange modified);

    /** Lists the entries from a cookie on. */
    void list(H directory, long cookie, Directory.Entries entries);

    /** Waits until the device has the directory. */
    void sync(H directory, boolean metadata);
}
