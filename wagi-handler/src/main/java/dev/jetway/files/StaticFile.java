package dev.jetway.files;

import dev.jetway.route.FileRules;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.linux.HostFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A regular file as it was looked up: its contents are read by another walk, which ends at the same
 * file or fails. Immutable; safe to share between threads.
 *
 * @param folder where it is
 * @param path decoded, below the folder: {@code /a b.css}
 * @param status what it was then
 * @param rules how it is sent
 */
public record StaticFile(HostFolder folder, String path, FileStatus status, FileRules rules) {
    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What tells its contents from those of every other file and time. */
    Stamp stamp() {
        return Stamp.of(status);
    }

    /** The file beside it with a longer name, if it is one that may be sent and is no older. */
    public Optional<StaticFile> beside(String extension) {
        String other = path + extension;
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

    /** Reads it as it is now; empty if it is larger than that many bytes. */
    Optional<HostFolder.Whole> read(int most) throws IOException {
        try (HostFolder.Look look = folder.look()) {
            return look.read(FolderLookup.guestPath(path), most);
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    /** Opens it as it is now; the caller closes it. */
    public HostFolder.Content open() throws IOException {
        try (HostFolder.Look look = folder.look()) {
            return look.open(FolderLookup.guestPath(path));
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ErrnoException cause) {
        return switch (cause.errno()) {
            case NOENT, NOTDIR, ACCES, PERM, LOOP, ISDIR ->
                    new NoSuchFileException("a static file that has vanished");
            default -> new IOException("a static file: " + cause.errno(), cause);
        };
    }
}
