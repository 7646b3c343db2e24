package dev.jetway.server.registry;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where pulled modules and credentials are unless the operator says otherwise. Immutable.
 *
 * @param environment of the process
 * @param state the folder of generated files, for a process without a home
 */
public record StandardFolders(Map<String, String> environment, Optional<Path> state) {
    private static final String NAME = "registry";

    /** Copies the map. */
    public StandardFolders {
        environment = Map.copyOf(environment);
    }

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
        return folder("XDG_CACHE_HOME")
                .or(() -> folder("HOME").map(home -> home.resolve(".cache")))
                .map(cache -> cache.resolve("jetway").resolve(NAME))
                .or(() -> state.map(folder -> folder.resolve(NAME)));
    }

    private Optional<Path> credentials() {
        return folder("DOCKER_CONFIG")
                .or(() -> folder("HOME").map(home -> home.resolve(".docker")))
                .map(folder -> folder.resolve("config.json"));
    }

    /** A folder that a variable names; relative ones are ignored, as XDG says. */
    private Optional<Path> folder(String variable) {
        try {
            return Optional.ofNullable(environment.get(variable))
                    .filter(text -> !text.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
