package dev.jetway.server.config.route;

import dev.jetway.base.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where relative paths of a file lead.
 *
 * @param workingDirectory first, as in Wagi
 * @param folder of the file, if there is nothing of that name in the working directory
 * @param sources gathers the files whose contents become part of the configuration
 * @param tenant the site's own folder if a tenant wrote the file: no path may lead out of it
 */
public record SearchPath(
        Path workingDirectory, Path folder, Set<Path> sources, Optional<TenantFolder> tenant) {
    /** Of a file of the operator. */
    public SearchPath(Path workingDirectory, Path folder, Set<Path> sources) {
        this(workingDirectory, folder, sources, Optional.empty());
    }

    /** Of a file of a tenant. */
    public static SearchPath inside(TenantFolder folder, Set<Path> sources) {
        return new SearchPath(folder.real(), folder.real(), sources, Optional.of(folder));
    }

    /**
     * The text of a file that becomes part of the configuration.
     *
     * @param limit bytes
     * @return empty if the file is larger
     * @throws IllegalArgumentException if the file lies where it may not
     */
    public Optional<String> text(String name, int limit) throws IOException {
        Path file = resolve(name);
        sources.add(file);
        return tenant.isPresent() ? tenant.get().text(file, limit) : BoundedFile.text(file, limit);
    }

    /**
     * Where a path leads.
     *
     * @throws IllegalArgumentException if that is where it may not
     */
    public Path resolve(String text) {
        Path there = workingDirectory.resolve(text).normalize();
        return checked(Files.exists(there) ? there : folder.resolve(text).normalize());
    }

    /**
     * The path itself.
     *
     * @throws IllegalArgumentException if it leads where it may not
     */
    public Path checked(Path path) {
        return tenant.isPresent() ? tenant.get().inside(path) : path;
    }
}
