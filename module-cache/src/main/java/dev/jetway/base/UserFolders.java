package dev.jetway.base;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of the user who runs the process, by the XDG Base Directory Specification. Immutable.
 *
 * @param environment of the process
 */
public record UserFolders(Map<String, String> environment) {
    private static final String NAME = "jetway";

    /** Copies the map. */
    public UserFolders {
        environment = Map.copyOf(environment);
    }

    /** Jetway's folder for what can be made again; empty without a home. */
    public Optional<Path> cache() {
        return ours("XDG_CACHE_HOME", ".cache");
    }

    /** Jetway's folder for what it generates and keeps; empty without a home. */
    public Optional<Path> state() {
        return ours("XDG_STATE_HOME", ".local/state");
    }

    /**
     * A folder that a variable names, or else one in the user's home; empty without both.
     *
     * @param inHome relative to the home
     */
    public Optional<Path> folder(String variable, String inHome) {
        return named(variable).or(() -> named("HOME").map(home -> home.resolve(inHome)));
    }

    private Optional<Path> ours(String variable, String inHome) {
        return folder(variable, inHome).map(folder -> folder.resolve(NAME));
    }

    /** Relative paths are ignored, as the specification says. */
    private Optional<Path> named(String variable) {
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
