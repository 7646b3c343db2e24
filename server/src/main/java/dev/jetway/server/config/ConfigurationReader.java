package dev.jetway.server.config;

import dev.jetway.cgi.Route;
import dev.jetway.cgi.SourcePosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Reads configuration files and turns them into records, once. Commons Configuration and TOML stay
 * inside this package. Safe to share between threads.
 */
public final class ConfigurationReader {
    private static final String SETTINGS = "jetway.toml";
    private static final String MODULES = "modules.toml";

    private final Path workingDirectory;
    private final ServerSettings defaults;

    /**
     * A reader.
     *
     * @param workingDirectory what relative paths are resolved against, as Wagi does
     * @param processors what the number of threads follows
     */
    public ConfigurationReader(Path workingDirectory, int processors) {
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.defaults = ServerSettingsReader.defaults(processors);
    }

    /**
     * Reads a folder with {@code jetway.toml} (optional) and {@code modules.toml}, or one file in
     * Wagi's format.
     *
     * @throws ConfigurationException with all errors and warnings, if there is an error
     */
    public Configuration read(Path fileOrFolder) throws ConfigurationException {
        var problems = new Problems();
        Path path = workingDirectory.resolve(fileOrFolder).normalize();
        ServerSettings settings = defaults;
        Path modules = path;
        String name = fileOrFolder.toString();
        if (Files.isDirectory(path)) {
            settings = settings(path, fileOrFolder, problems);
            modules = path.resolve(MODULES);
            name = fileOrFolder.resolve(MODULES).toString();
        }
        List<Route> routes = List.of();
        if (Files.isRegularFile(modules)) {
            routes = routes(modules, name, settings, problems);
        } else {
            problems.error(
                    new SourcePosition(name, 0),
                    "there is no such file: name a modules.toml or its folder with --config");
        }
        problems.throwIfErrors();
        return new Configuration(settings, routes, problems.all());
    }

    private ServerSettings settings(Path folder, Path shown, Problems problems) {
        Path file = folder.resolve(SETTINGS);
        if (!Files.isRegularFile(file)) {
            return defaults;
        }
        String name = shown.resolve(SETTINGS).toString();
        Optional<ImmutableNode> root = TomlFile.read(file, name, problems);
        return root.map(r -> new ServerSettingsReader(folder, problems).read(r, name, defaults))
                .orElse(defaults);
    }

    private List<Route> routes(Path file, String name, ServerSettings settings, Problems problems) {
        Path folder = file.toAbsolutePath().getParent();
        return TomlFile.read(file, name, problems)
                .map(root ->
                        new ModulesReader(
                                        new SearchPath(
                                                workingDirectory,
                                                folder == null ? workingDirectory : folder),
                                        name,
                                        settings.limits(),
                                        problems)
                                .read(root))
                .orElse(List.of());
    }
}
