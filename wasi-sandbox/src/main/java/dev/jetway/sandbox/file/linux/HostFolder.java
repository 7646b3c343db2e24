package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * A folder of the host that the server itself reads, by the same walk as the volumes of guests: no
 * link and no rename leads out of it. Safe to share between threads.
 */
public final class HostFolder {
    private static final OpenRequest READ =
            new OpenRequest(true, false, false, false, false, true, false, false, false);

    private final Path root;

    /** The folder at an absolute path without links; one that appears in it is not followed. */
    public HostFolder(Path root) {
        this.root = root;
    }

    /** Begins some looks into the folder; opens nothing yet. */
    public Look look() {
        return new Look(root);
    }

    /**
     * A path in the form for checks; empty if it cannot be checked.
     *
     * @param path decoded, from the folder: {@code /a/b.css}
     */
    public Optional<CheckedPath> checked(String path) {
        return CheckedPath.of(root, path);
    }

    /**
     * Looks into the folder that use one handle of it. Failures are {@link
     * dev.jetway.sandbox.file.ErrnoException}. Used by one thread, which closes it.
     */
    public static final class Look implements AutoCloseable {
        private final HostFiles files = new HostFiles(FileModes.DEFAULT, true);
        private final Directory top;

        private Look(Path root) {
            top = files.root(root, true);
        }

        /** The file or folder that a path leads to, through links that stay inside. */
        public FileStatus status(GuestPath path) {
            return top.status(path, true);
        }

        /** Reads a whole regular file; empty if it is larger than that many bytes. */
        public Optional<Whole> read(GuestPath path, int most) {
            try (HostFile file = openFile(path)) {
                FileStatus before = file.status();
                if (before.size() > most) {
                    return Optional.empty();
                }
                byte[] bytes = read(file, (int) before.size());
                boolean steady = bytes.length == before.size() && isSame(before, file.status());
                return Optional.of(new Whole(before, bytes, steady));
            }
        }

        /** In pieces as large as the buffer of the system calls. */
        private static byte[] read(HostFile file, int size) {
            var bytes = new byte[size];
            var piece = new byte[Math.min(size, NativeBuffers.TRANSFER)];
            int count = 0;
            while (count < size) {
                int taken = file.read(piece, Math.min(piece.length, size - count));
                if (taken == 0) {
                    return Arrays.copyOf(bytes, count);
                }
                System.arraycopy(piece, 0, bytes, count, taken);
                count += taken;
            }
            return bytes;
        }

        private static boolean isSame(FileStatus before, FileStatus after) {
            return before.size() == after.size()
                    && before.modified() == after.modified()
                    && before.changed() == after.changed();
        }

        /**
         * Opens a regular file to be read by any thread; the caller closes the channel.
         *
         * @throws IOException if the process has no {@code /proc}, or no descriptor left
         */
        public Content open(GuestPath path) throws IOException {
            try (HostFile file = openFile(path)) {
                FileStatus status = file.status();
                // Opens the file of the handle, even if its name has another file now (proc(5)).
                Path same = Path.of("/proc/self/fd/" + file.handle());
                return new Content(status, FileChannel.open(same, StandardOpenOption.READ));
            }
        }

        /** The permissions of a regular file, by its handle. */
        public Permissions permissions(GuestPath path) {
            try (HostFile file = openFile(path)) {
                return file.permissions();
            }
        }

        private HostFile openFile(GuestPath path) {
            return switch (top.open(path, READ)) {
                case HostFile file -> file;
                case Directory folder -> {
                    folder.close();
                    throw Errno.ISDIR.failure();
                }
                case OpenFile other -> {
                    other.close();
                    throw Errno.ACCES.failure();
                }
            };
        }

        @Override
        public void close() {
            try (files) {
                top.close();
            }
        }
    }

    /**
     * The permissions of a file.
     *
     * @param mode with the file's type (stat(2))
     * @param group the number of its group
     */
    public record Permissions(int mode, int group) {}

    /**
     * A file that was read.
     *
     * @param status what it was before
     * @param bytes its contents
     * @param steady whether it was the same after
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Whole(FileStatus status, byte[] bytes, boolean steady) {}

    /**
     * A file that is open.
     *
     * @param status what it was when it was opened
     * @param channel its contents, from the start
     */
    public record Content(FileStatus status, FileChannel channel) {}
}
