package dev.jetway.files;

import dev.jetway.route.FileRules;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.linux.HostFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.Set;

/**
 * A regular file as it was looked up: its contents are read by another walk, which ends at the same
 * file or fails. Immutable; safe to share between threads.
 *
 * @param folder where it is
 * @param path decoded, below the folder: {@code /a b.css}
 * @param status what it was then
 * @param rules how it is sent
 * @param scripts extensions of the scripts of its folder
 */
public record StaticFile(
        HostFolder folder, String path, FileStatus status, FileRules rules, Set<String> scripts) {
    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What tells its contents from those of every other file and time. */
    public Stamp stamp() {
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
                    ? Optional.of(new StaticFile(folder, other, found, rules, scripts))
                    : Optional.empty();
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads it.
     *
     * @param most bytes
     * @throws IOException if it has vanished, changed or grown
     */
    public byte[] read(int most) throws IOException {
        try (HostFolder.Look look = folder.look()) {
            byte[] bytes = look.read(FolderLookup.guestPath(path), most);
            requireSame(look);
            return bytes;
        } catch (ErrnoException e) {
            throw new IOException("a static file: " + e.errno(), e);
        }
    }

    /** Opens it; the caller closes it. */
    public FileChannel open() throws IOException {
        try (HostFolder.Look look = folder.look()) {
            return look.channel(FolderLookup.guestPath(path));
        } catch (ErrnoException e) {
            throw new IOException("a static file: " + e.errno(), e);
        }
    }

    private void requireSame(HostFolder.Look look) throws IOException {
        if (!Stamp.of(look.status(FolderLookup.guestPath(path))).equals(stamp())) {
            throw new IOException("a static file changed while it was read");
        }
    }
}
