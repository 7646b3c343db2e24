package dev.jetway.files;

import dev.jetway.base.PathStamp;
import dev.jetway.route.FileRules;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.linux.HostFolder;
import dev.jetway.sandbox.file.linux.PathChecks;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A regular file that was looked up. Its contents are read by another walk, which must find the
 * same file. Immutable; safe to share between threads.
 *
 * @param folder the folder of the path
 * @param path decoded, below the folder: {@code /a b.css}
 * @param status when it was looked up
 * @param rules for sending it
 */
public record StaticFile(HostFolder folder, String path, FileStatus status, FileRules rules) {
    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The stamp that identifies these contents. */
    PathStamp stamp() {
        return stamp(status);
    }

    /** The stamp of a file with a status. */
    static PathStamp stamp(FileStatus status) {
        return new PathStamp(
                status.device(),
                status.inode(),
                status.size(),
                status.modified(),
                status.changed());
    }

    /**
     * The file with an appended extension in the same folder, if it may be sent and is not older.
     *
     * @param checks whether there is one, as mostly there is none
     */
    public Optional<StaticFile> beside(String extension, PathChecks checks) {
        String other = path + extension;
        if (folder.checked(other).filter(checks::isMissing).isPresent()) {
            return Optional.empty();
        }
        try (HostFolder.Look look = folder.look()) {
            FileStatus found = look.status(FolderLookup.guestPath(other));
            boolean wanted =
                    found.type() == FileType.REGULAR_FILE && found.modified() >= status.modified();
            return wanted
                    ? Optional.of(new StaticFile(folder, other, found, rules))
                    : Optional.empty();
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    /** Reads the current contents; empty if they have more than {@code most} bytes. */
    Optional<HostFolder.Whole> read(int most) throws IOException {
        try (HostFolder.Look look = folder.look()) {
            return look.read(FolderLookup.guestPath(path), most);
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    /** Opens the file for reading; the caller closes it. */
    public HostFolder.Content open() throws IOException {
        try (HostFolder.Look look = folder.look()) {
            return look.open(FolderLookup.guestPath(path));
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ErrnoException cause) {
        return switch (cause.errno()) {
            case NOENT, NOTDIR, PERM, LOOP, ISDIR ->
                    new NoSuchFileException("a static file that has vanished");
            case ACCES -> new AccessDeniedException("a static file");
            default -> new IOException("a static file: " + cause.errno(), cause);
        };
    }
}
