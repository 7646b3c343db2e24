package dev.jetway.server.cli;

import dev.jetway.server.config.ConfigurationException;
import dev.jetway.server.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where compiled modules are kept: the same folder that a server would use. */
final class CacheOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration whose 'module-cache' is meant.")
    private @Nullable Path config;

    @Option(
            names = "--module-cache",
            paramLabel = "DIR",
            description = "The folder (default: the user's cache folder).")
    private @Nullable Path moduleCache;

    Path folder(Surroundings surroundings) throws ConfigurationException {
        Path here = surroundings.workingDirectory();
        if (moduleCache != null) {
            return here.resolve(moduleCache);
        }
        Optional<Path> configured = Optional.empty();
        if (config != null) {
            configured =
                    new ConfigurationReader(here, surroundings.processors())
                            .read(config)
                            .server()
                            .moduleCache();
        }
        return configured
                .or(() -> CacheFolder.of(surroundings.environment()))
                .orElseThrow(() ->
                        new CommandFailure(
                                "there is no folder for compiled modules: name one with"
                                        + " --module-cache"));
    }
}
