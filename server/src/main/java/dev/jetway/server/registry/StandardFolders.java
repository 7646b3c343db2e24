package dev.jetway.server.registry;

import dev.jetway.base.UserFolders;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where pulled modules and credentials are unless the operator says otherwise. Immutable.
 *
 * @param user the folders of the user
 * @param state the folder of generated files, for a process without a home
 */
public record StandardFolders(UserFolders user, Optional<Path> state) {
    private static final String NAME = "registry";

    /** Settings with the folders that they lack. */
    public RegistrySettings complete(RegistrySettings settings) {
        return new RegistrySettings(
                settings.cache().or(this::cache),
                settings.cacheSize(),
                settings.credentials().or(this::credentials),
                settings.insecure(),
                settings.authority(),
                settings.movedTags(),
                settings.time());
    }

    private Optional<Path> cache() {
        return user.cache().or(() -> state).map(folder -> folder.resolve(NAME));
    }

    private Optional<Path> credentials() {
        return user.folder("DOCKER_CONFIG", ".docker").map(folder -> folder.resolve("config.json"));
    }
}
