package dev.jetway.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of logs, by its handle. A tenant may put links and pipes in it: they are neither
 * followed nor opened. Used by one thread.
 */
final class LogFolder implements AutoCloseable {
    private static final Set<OpenOption> APPEND =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);

    private final SecureDirectoryStream<Path> handle;

    private LogFolder(SecureDirectoryStream<Path> handle) {
        this.handle = handle;
    }

    /** Opens a folder, and makes it first if that is allowed. */
    static LogFolder open(LogPlace place) throws IOException {
        try {
            return open(place.folder());
        } catch (NoSuchFileException e) {
            if (!place.makes()) {
                throw e;
            }
            Files.createDirectories(place.folder());
            return open(place.folder());
        }
    }

    /** Opens a folder that must exist. */
    static LogFolder existing(LogPlace place) throws IOException {
        return open(place.folder());
    }

    private static LogFolder open(Path folder) throws IOException {
        Path parent = folder.getParent();
        Path name = folder.getFileName();
        if (parent == null || name == null) {
            throw new IOException(folder + " is no folder for logs");
        }
        try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
            if (above instanceof SecureDirectoryStream<Path> secure) {
                return new LogFolder(secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
            }
        }
        throw new IOException("folders cannot be opened by handle here");
    }

    /** The attributes of a file; empty if there is none. */
    Optional<BasicFileAttributes> status(String name) throws IOException {
        try {
            return Optional.of(
                    handle.getFileAttributeView(
                                    Path.of(name),
                                    BasicFileAttributeView.class,
                                    LinkOption.NOFOLLOW_LINKS)
                            .readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Appends to a file, which is made if there is none.
     *
     * @param mode of a new file
     * @return its size then
     */
    long append(String name, ByteBuffer bytes, FileAttribute<?>... mode) throws IOException {
        try (SeekableByteChannel file = handle.newByteChannel(Path.of(name), APPEND, mode)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            return file.size();
        }
    }

    /** Renames a file, in place of another. */
    void rename(String from, String to) throws IOException {
        handle.move(Path.of(from), handle, Path.of(to));
    }

    void delete(String name) throws IOException {
        handle.deleteFile(Path.of(name));
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
