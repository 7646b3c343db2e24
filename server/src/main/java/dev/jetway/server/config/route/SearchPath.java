package dev.jetway.server.config.route;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where relative paths of a file lead.
 *
 * @param workingDirectory first, as in Wagi
 * @param folder of the file, if there is nothing of that name in the working directory
 * @param sources gathers the files whose contents become part of the configuration
 */
public record SearchPath(Path workingDirectory, Path folder, Set<Path> sources) {
    /** A file whose contents become part of the configuration. */
    public Path source(String text) {
        Path file = resolve(text);
        sources.add(file);
        return file;
    }

    public Path resolve(String text) {
        Path there = workingDirectory.resolve(text).normalize();
        return Files.exists(there) ? there : folder.resolve(text).normalize();
    }
}
