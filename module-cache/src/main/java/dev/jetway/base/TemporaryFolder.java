package dev.jetway.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder of the server itself, readable by its user only, deleted when the server stops. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    public static TemporaryFolder create() throws IOException {
        // The JDK creates it with owner-only permissions.
        return new TemporaryFolder(Files.createTempDirectory("jetway-"));
    }

    public Path path() {
        return path;
    }

    public int files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return (int) files.count();
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder could not be removed", e);
        }
    }
}
