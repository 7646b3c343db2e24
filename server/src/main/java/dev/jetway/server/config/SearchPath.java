package dev.jetway.server.config;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where relative paths of a file lead.
 *
 * @param workingDirectory first, as in Wagi
 * @param folder of the file, if there is nothing of that name in the working directory
 */
record SearchPath(Path workingDirectory, Path folder) {
    Path resolve(String text) {
        Path there = workingDirectory.resolve(text).normalize();
        return Files.exists(there) ? there : folder.resolve(text).normalize();
    }
}
