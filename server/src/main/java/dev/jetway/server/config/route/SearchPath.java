package dev.jetway.server.config.route;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.TrustedWriters;
import dev.jetway.server.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves relative paths of a file.
 *
 * @param workingDirectory first, as in Wagi
 * @param folder of the file, if the working directory has no such name
 * @param sources collects the files whose contents become part of the configuration
 * @param writers the rule for who may write modules
 * @param tenant the site's own folder for files of a tenant: no path may lead out of it
 * @param registries settings of modules that other machines have; empty if none may be named
 */
public record SearchPath(
        Path workingDirectory,
        Path folder,
        Set<Path> sources,
        TrustedWriters writers,
        Optional<TenantFolder> tenant,
        Optional<RegistrySettings> registries) {
    /** The search path of an operator's file. */
    public SearchPath(
            Path workingDirectory, Path folder, Set<Path> sources, TrustedWriters writers) {
        this(workingDirectory, folder, sources, writers, Optional.empty(), Optional.empty());
    }

    /** The search path of a tenant's file. */
    public static SearchPath inside(
            TenantFolder folder, Set<Path> sources, TrustedWriters writers) {
        return new SearchPath(
                folder.real(),
                folder.real(),
                sources,
                writers,
                Optional.of(folder),
                Optional.empty());
    }

    /** This search path for a file that may name modules of other machines. */
    public SearchPath pulling(RegistrySettings settings) {
        return new SearchPath(
                workingDirectory, folder, sources, writers, tenant, Optional.of(settings));
    }

    /**
     * The text of a file that becomes part of the configuration.
     *
     * @param limit bytes
     * @return empty if the file is larger
     * @throws IllegalArgumentException if the tenant must not name the file
     */
    public Optional<String> text(String name, int limit) throws IOException {
        Path file = resolve(name);
        sources.add(file);
        return tenant.isPresent() ? tenant.get().text(file, limit) : BoundedFile.text(file, limit);
    }

    /**
     * Resolves a path.
     *
     * @throws IllegalArgumentException if the tenant must not name it
     */
    public Path resolve(String text) {
        Path there = workingDirectory.resolve(text).normalize();
        return checked(Files.exists(there) ? there : folder.resolve(text).normalize());
    }

    /**
     * Checks a path.
     *
     * @throws IllegalArgumentException if the tenant must not name it
     */
    public Path checked(Path path) {
        return tenant.isPresent() ? tenant.get().inside(path) : path;
    }
}
