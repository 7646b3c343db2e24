package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.Interruption;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Locks that a run has taken and not released: names that end in {@code .lock}, of folders and of
 * files that it has created exclusively. Such a name is released by its removal, which a run that
 * is ended from outside never comes to; until then every other run waits. Used by the run's thread
 * only.
 */
final class RunLocks {
    /** Maximum locks of a run that are remembered; further ones stay as the guest left them. */
    static final int MAX_LOCKS = 64;

    /** Attempts to release a lock while the run's thread is interrupted again and again. */
    private static final int ATTEMPTS = 10;

    private static final byte[] SUFFIX = ".lock".getBytes(StandardCharsets.US_ASCII);

    /** Made by the first lock: most runs have none. */
    private Map<Name, Held> held = Map.of();

    /** A name as the guest wrote it, in the directory that it used. */
    private record Name(Directory directory, String path) {
        static Name of(Directory directory, GuestPath path) {
            return new Name(
                    directory, new String(joined(path.names(), 0), StandardCharsets.ISO_8859_1));
        }
    }

    /** A lock, with the number of its folder or file: another run's may have the name later. */
    private record Held(GuestPath path, FileStatus status) {
        boolean isFolder() {
            return status.type() == FileType.DIRECTORY;
        }
    }

    /** Notes a folder, or a file that did not exist before, if its name is that of a lock. */
    void created(Directory directory, GuestPath path) {
        if (!isLock(path) || held.size() >= MAX_LOCKS) {
            return;
        }
        if (held.isEmpty()) {
            held = new LinkedHashMap<>();
        }
        try {
            held.put(Name.of(directory, path), new Held(path, directory.status(path, false)));
        } catch (ErrnoException e) {
            // Removed by another program meanwhile: no lock of this run.
            return;
        }
    }

    /** Notes that the guest has removed a name. */
    void removed(Directory directory, GuestPath path) {
        if (!held.isEmpty()) {
            held.remove(Name.of(directory, path));
        }
    }

    /**
     * Releases the locks after the guest's end. Of a guest that has ended by itself only folders
     * beside the file that they lock, as SQLite makes them: a program may mean other names to stay.
     *
     * @param byItself whether the guest has exited
     */
    void release(boolean byItself) {
        held.forEach((name, lock) -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                // The interrupt that has ended the guest would end the walk, too.
                Thread.interrupted();
                try {
                    release(name.directory(), lock, byItself);
                    return;
                } catch (ErrnoException e) {
                    return;
                } catch (Interruption e) {
                    // Once more.
                }
            }
        });
        held = Map.of();
    }

    private static void release(Directory directory, Held lock, boolean byItself) {
        FileStatus now = directory.status(lock.path(), false);
        boolean same =
                now.inode() == lock.status().inode()
                        && now.device() == lock.status().device()
                        && now.type() == lock.status().type();
        boolean kept = byItself && !(lock.isFolder() && isBesideItsFile(directory, lock.path()));
        if (!same || kept) {
            return;
        }
        if (lock.isFolder()) {
            directory.removeDirectory(lock.path());
        } else {
            directory.removeFile(lock.path());
        }
    }

    private static boolean isBesideItsFile(Directory directory, GuestPath lock) {
        GuestPath locked = GuestPath.parse(joined(lock.names(), SUFFIX.length));
        return directory.status(locked, true).type() == FileType.REGULAR_FILE;
    }

    private static boolean isLock(GuestPath path) {
        if (path.names().isEmpty()) {
            return false;
        }
        byte[] name = path.names().getLast();
        int start = name.length - SUFFIX.length;
        return start > 0 && Arrays.equals(name, start, name.length, SUFFIX, 0, SUFFIX.length);
    }

    /** The names with slashes between them, without that many bytes at the end. */
    private static byte[] joined(List<byte[]> names, int cut) {
        var text = new ByteArrayOutputStream();
        for (byte[] name : names) {
            if (text.size() > 0) {
                text.write('/');
            }
            text.writeBytes(name);
        }
        return Arrays.copyOf(text.toByteArray(), text.size() - cut);
    }
}
