package dev.jetway.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Jetway's folders in the user's folders for generated files, by the XDG rules. */
final class CacheFolder {
    private static final String NAME = "jetway";

    private CacheFolder() {}

    /** The cache folder; empty without {@code XDG_CACHE_HOME} and {@code HOME}. */
    static Optional<Path> of(Map<String, String> environment) {
        Optional<Path> xdg = folder(environment, "XDG_CACHE_HOME");
        return xdg.or(() -> folder(environment, "HOME").map(h -> h.resolve(".cache")))
                .map(p -> p.resolve(NAME).resolve("modules"));
    }

    /** The folder of generated files; empty without a home. */
    static Optional<Path> state(Map<String, String> environment) {
        Optional<Path> xdg = folder(environment, "XDG_STATE_HOME");
        return xdg.or(() -> folder(environment, "HOME").map(h -> h.resolve(".local/state")))
                .map(p -> p.resolve(NAME));
    }

    /** A folder by the XDG rules, which ignore relative paths. */
    private static Optional<Path> folder(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(v -> !v.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
