package dev.jetway.sandbox.start;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import java.util.Optional;

/**
 * A guest's look at a path, and the result. Immutable.
 *
 * @param directory number of the guest's directory among those it has from its start
 * @param path from there
 * @param follow whether a link at its end was followed
 * @param status of what was found; without one the look failed
 * @param failure of the look
 * @param accessTime whether the guest knows the time of the last access
 */
public record FileLook(
        int directory,
        GuestPath path,
        boolean follow,
        Optional<FileStatus> status,
        Optional<Errno> failure,
        boolean accessTime) {
    /** Looks once more. */
    public static FileLook at(
            int number, Directory directory, GuestPath path, boolean follow, boolean accessTime) {
        try {
            FileStatus status = directory.status(path, follow);
            return new FileLook(
                    number,
                    path,
                    follow,
                    Optional.of(accessTime ? status : withoutAccess(status)),
                    Optional.empty(),
                    accessTime);
        } catch (ErrnoException e) {
            return new FileLook(
                    number, path, follow, Optional.empty(), Optional.of(e.errno()), accessTime);
        }
    }

    private static FileStatus withoutAccess(FileStatus status) {
        return new FileStatus(
                status.device(),
                status.inode(),
                status.type(),
                status.links(),
                status.size(),
                0,
                status.modified(),
                status.changed());
    }

    /** Whether the same look finds the same now. */
    boolean isTrue(Directory in) {
        return equals(at(directory, in, path, follow, accessTime));
    }

    /**
     * Whether the same look finds the same now, by the last name of its path.
     *
     * @param folder of that name
     * @param from where the path begins: a link may lead out of the folder
     */
    boolean isTrue(Directory folder, Directory from) {
        GuestPath name = path.from(path.names().size() - 1);
        FileLook found = at(directory, folder, name, false, accessTime);
        boolean link = found.status().filter(s -> s.type() == FileType.SYMBOLIC_LINK).isPresent();
        if (link && follow) {
            return isTrue(from);
        }
        return found.status().equals(status) && found.failure().equals(failure);
    }
}
