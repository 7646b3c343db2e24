package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A folder of the host that the server itself reads, by the same walk as the volumes of guests: no
 * link and no rename leads out of it. Safe to share between threads.
 */
public final class HostFolder {
    private static final OpenRequest READ =
            new OpenRequest(true, false, false, false, false, true, false, false, false);

    private final Path root;

    /** The folder at an absolute path, wherever the operator's own links lead. */
    public HostFolder(Path root) {
        this.root = root;
    }

    /** Begins some looks into the folder; opens nothing yet. */
    public Look look() {
        return new Look(root);
    }

    /**
     * Looks into the folder that use one handle of it. Failures are {@link
     * dev.jetway.sandbox.file.ErrnoException}. Used by one thread, which closes it.
     */
    public static final class Look implements AutoCloseable {
        private final HostFiles files = new HostFiles();
        private final Directory top;

        private Look(Path root) {
            top = files.root(root, true);
        }

        /** What a path leads to, through links that stay inside. */
        public FileStatus status(GuestPath path) {
            return top.status(path, true);
        }

        /**
         * Reads a whole regular file.
         *
         * @param most bytes; more is {@link Errno#FBIG}
         */
        public byte[] read(GuestPath path, int most) {
            try (HostFile file = open(path)) {
                long size = file.status().size();
                if (size > most) {
                    throw Errno.FBIG.failure();
                }
                // Copied in pieces: a piece is as large as the buffer of the system calls.
                var bytes = new byte[(int) size];
                var piece = new byte[Math.min(bytes.length, NativeBuffers.TRANSFER)];
                int count = 0;
                int taken;
                while (count < bytes.length
                        && (taken = file.read(piece, Math.min(piece.length, bytes.length - count)))
                                > 0) {
                    System.arraycopy(piece, 0, bytes, count, taken);
                    count += taken;
                }
                return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
            }
        }

        /**
         * Opens a regular file to be read by any thread; the caller closes the channel.
         *
         * @throws IOException if the process has no {@code /proc}, or no descriptor left
         */
        public FileChannel channel(GuestPath path) throws IOException {
            try (HostFile file = open(path)) {
                // The same file, whatever has its name by now (proc(5)).
                return FileChannel.open(
                        Path.of("/proc/self/fd/" + file.handle()), StandardOpenOption.READ);
            }
        }

        private HostFile open(GuestPath path) {
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
}
