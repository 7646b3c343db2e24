package dev.jetway.server.cli;

import dev.jetway.base.UserFolders;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.spin.SpinInputs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Jetway's folders in those of the user. */
final class CacheFolder {
    private CacheFolder() {}

    /** The cache folder; empty without {@code XDG_CACHE_HOME} and {@code HOME}. */
    static Optional<Path> of(Map<String, String> environment) {
        return new UserFolders(environment).cache().map(folder -> folder.resolve("modules"));
    }

    /** The folder of generated files; empty without a home. */
    static Optional<Path> state(Map<String, String> environment) {
        return new UserFolders(environment).state();
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
}
