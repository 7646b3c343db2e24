package dev.jetway.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The user's folders for what can be made again by the XDG rules, with ours in them. */
final class CacheFolder {
    private static final String NAME = "jetway";

    private CacheFolder() {}

    /** Empty if there is neither {@code XDG_CACHE_HOME} nor {@code HOME}. */
    static Optional<Path> of(Map<String, String> environment) {
        Optional<Path> xdg = folder(environment, "XDG_CACHE_HOME");
        return xdg.or(() -> folder(environment, "HOME").map(h -> h.resolve(".cache")))
                .map(p -> p.resolve(NAME).resolve("modules"));
    }

    /** Where the server keeps files that it generates; empty if there is no home. */
    static Optional<Path> state(Map<String, String> environment) {
        Optional<Path> xdg = folder(environment, "XDG_STATE_HOME");
        return xdg.or(() -> folder(environment, "HOME").map(h -> h.resolve(".local/state")))
                .map(p -> p.resolve(NAME));
    }

    /** The XDG rules: a path that is not absolute is ignored. */
    private static Optional<Path> folder(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(v -> !v.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
