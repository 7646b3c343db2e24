package dev.jetway.server.cli;

import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.table.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Options for the folder of compiled modules, with the server's default. */
final class CacheOptions {
    private @Nullable Path config;
    private @Nullable Path moduleCache;

    /** The options, which set this object's fields. */
    List<CommandOption> all() {
        return List.of(
                CommandOption.of(
                        List.of("-c", "--config"),
                        "FILE",
                        "The configuration whose 'module-cache' is meant.",
                        text -> config = Path.of(text)),
                CommandOption.of(
                        List.of("--module-cache"),
                        "DIR",
                        "The folder (default: the user's cache folder).",
                        text -> moduleCache = Path.of(text)));
    }

    Path folder(LaunchEnvironment launch) throws ConfigurationException {
        Path here = launch.workingDirectory();
        if (moduleCache != null) {
            return here.resolve(moduleCache);
        }
        Optional<Path> configured = Optional.empty();
        if (config != null) {
            configured =
                    new ConfigurationReader(here, launch.processors())
                            .read(config)
                            .server()
                            .modules()
                            .cache();
        }
        return configured
                .or(() -> CacheFolder.of(launch.environment()))
                .orElseThrow(() ->
                        new CommandFailure(
                                "there is no folder for compiled modules: name one with"
                                        + " --module-cache"));
    }
}
