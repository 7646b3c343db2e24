package dev.jetway.server.config;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.server.config.route.ModulesReader;
import dev.jetway.server.config.route.RouteReader;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.TomlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Reads configuration files and turns them into records, once. Commons Configuration and TOML stay
 * inside this package. Safe to share between threads.
 */
public final class ConfigurationReader {
    private static final String SETTINGS = "jetway.toml";
    private static final String MODULES = "modules.toml";

    private final Path workingDirectory;
    private final int processors;
    private final ServerSettings defaults;

    /**
     * A reader.
     *
     * @param workingDirectory what relative paths are resolved against, as Wagi does
     * @param processors what the number of threads follows
     */
    public ConfigurationReader(Path workingDirectory, int processors) {
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.processors = processors;
        this.defaults = ServerSettingsReader.defaults(processors);
    }

    /**
     * Reads a folder with {@code jetway.toml}, {@code modules.toml} or both, or one file in Wagi's
     * format.
     *
     * @throws ConfigurationException with all errors and warnings, if there is an error
     */
    public Configuration read(Path fileOrFolder) throws ConfigurationException {
        var problems = new Problems();
        Path path = workingDirectory.resolve(fileOrFolder).normalize();
        ServerSettings settings = defaults;
        var routes = new ArrayList<Route>();
        var sources = new LinkedHashSet<Path>();
        Path modules = path;
        String name = fileOrFolder.toString();
        if (Files.isDirectory(path)) {
            name = fileOrFolder.resolve(MODULES).toString();
            modules = path.resolve(MODULES);
            settings = settings(path, fileOrFolder, routes, sources, problems);
        }
        sources.add(modules);
        if (Files.isRegularFile(modules)) {
            routes.addAll(modules(modules, name, settings, sources, problems));
        } else if (routes.isEmpty()) {
            problems.error(
                    new SourcePosition(name, 0),
                    "there is no such file: name a modules.toml or its folder with --config");
        }
        rejectTwice(routes, problems);
        problems.throwIfErrors();
        return new Configuration(settings, routes, problems.all(), sources);
    }

    private ServerSettings settings(
            Path folder, Path shown, List<Route> routes, Set<Path> sources, Problems problems) {
        Path file = folder.resolve(SETTINGS);
        sources.add(file);
        if (!Files.isRegularFile(file)) {
            return defaults;
        }
        String name = shown.resolve(SETTINGS).toString();
        Optional<ImmutableNode> root = TomlFile.read(file, name, problems);
        if (root.isEmpty()) {
            return defaults;
        }
        var search = new SearchPath(folder, folder, sources);
        ServerSettings settings =
                new ServerSettingsReader(search, InstantSource.system(), problems)
                        .read(root.get(), name, processors);
        var top = new Section(root.get(), name, problems);
        routes.addAll(
                new RouteReader(RouteSyntax.NATIVE, search, settings.routeDefaults(), problems)
                        .readAll(top));
        routes.addAll(new SitesReader(search, settings, problems).readAll(top));
        return settings;
    }

    private static void rejectTwice(List<Route> routes, Problems problems) {
        Map<String, Map<RoutePattern, SourcePosition>> first = new HashMap<>();
        for (Route route : routes) {
            SourcePosition other =
                    first.computeIfAbsent(route.site().name(), _ -> new HashMap<>())
                            .putIfAbsent(route.pattern(), route.position());
            if (other != null) {
                problems.error(
                        route.position(),
                        "the route " + route.pattern() + " stands twice: first at " + other);
            }
        }
    }

    private List<Route> modules(
            Path file, String name, ServerSettings settings, Set<Path> sources, Problems problems) {
        Path folder = file.toAbsolutePath().getParent();
        return TomlFile.read(file, name, problems)
                .map(root ->
                        new ModulesReader(
                                        new SearchPath(
                                                workingDirectory,
                                                folder == null ? workingDirectory : folder,
                                                sources),
                                        name,
                                        settings.routeDefaults(),
                                        problems)
                                .read(root))
                .orElse(List.of());
    }
}
