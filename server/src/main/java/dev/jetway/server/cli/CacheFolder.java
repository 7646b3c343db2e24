package dev.jetway.server.cli;

import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.spin.SpinInputs;
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

    /**
     * A reader of configurations that generates files there.
     *
     * @param onlyCheck whether the files of an application of Spin are only listed, not copied
     */
    static ConfigurationReader reader(LaunchEnvironment launch, boolean onlyCheck) {
        Optional<Path> state = state(launch.environment());
        Path here = launch.workingDirectory();
        return new ConfigurationReader(
                here,
                launch.processors(),
                state,
                new SpinInputs(
                        launch.environment(), here, state.map(SpinInputs::copies), onlyCheck));
    }

    /** A folder by the XDG rules, which ignore relative paths. */
    private static Optional<Path> folder(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(v -> !v.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
