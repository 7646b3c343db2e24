package dev.jetway.server.config;

import dev.jetway.base.SourcePosition;
import dev.jetway.base.TrustedWriters;
import dev.jetway.base.UserFolders;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.RouteReader;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.site.EffectiveValue;
import dev.jetway.server.config.site.Hosting;
import dev.jetway.server.config.site.HostingKeys;
import dev.jetway.server.config.site.HostingReader;
import dev.jetway.server.config.site.SiteFolders;
import dev.jetway.server.config.site.SiteScan;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.config.spin.SpinReader;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.StampedPaths;
import dev.jetway.server.config.table.TomlFile;
import dev.jetway.server.config.table.WritersCheck;
import dev.jetway.server.registry.StandardFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Reads configuration files into records. Commons Configuration and TOML stay inside this package.
 * Safe to share between threads.
 */
public final class ConfigurationReader {
    private static final String SETTINGS = "jetway.toml";
    private static final Set<String> HOSTING = KeysReader.names(HostingKeys.ALL);
    private static final String MODULES = "modules.toml";

    private final Path workingDirectory;
    private final int processors;
    private final ServerSettings defaults;
    private final Optional<Path> stateFolder;
    private final SpinInputs spin;
    private final StandardFolders folders;
    private SiteScan scan = SiteScan.NONE;
    private Optional<Hosted> hosted = Optional.empty();

    /**
     * A reader.
     *
     * @param workingDirectory base of relative paths, as in Wagi
     * @param processors number that default thread counts follow
     */
    public ConfigurationReader(Path workingDirectory, int processors) {
        this(workingDirectory, processors, Optional.empty());
    }

    /**
     * A reader.
     *
     * @param stateFolder folder of generated files, unless {@code jetway.toml} names one
     */
    public ConfigurationReader(Path workingDirectory, int processors, Optional<Path> stateFolder) {
        this(
                workingDirectory,
                processors,
                stateFolder,
                new SpinInputs(
                        Map.of(), workingDirectory, stateFolder.map(SpinInputs::copies), false));
    }

    /**
     * A reader.
     *
     * @param stateFolder folder of generated files, unless {@code jetway.toml} names one
     * @param spin for {@code spin.toml}
     */
    public ConfigurationReader(
            Path workingDirectory, int processors, Optional<Path> stateFolder, SpinInputs spin) {
        this.stateFolder = stateFolder;
        this.spin = spin;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.processors = processors;
        this.folders = new StandardFolders(new UserFolders(spin.environment()), stateFolder);
        this.defaults = complete(ServerSettingsReader.defaults(processors));
    }

    private ServerSettings complete(ServerSettings settings) {
        return settings.with(folders.complete(settings.registries()));
    }

    /**
     * Reads a folder with {@code jetway.toml}, {@code modules.toml} or both, or one file in Wagi's
     * or Spin's format; a folder without {@code modules.toml} may have a {@code spin.toml}. Sites
     * that are folders and have not changed since the last call are not read again; their errors
     * are among the warnings, as the other sites are served nevertheless.
     *
     * @throws ConfigurationException with all errors and warnings, if there is an error
     */
    public synchronized Configuration read(Path fileOrFolder) throws ConfigurationException {
        var problems = new Problems();
        Path path = workingDirectory.resolve(fileOrFolder).normalize();
        ServerSettings settings = defaults;
        var routes = new ArrayList<Route>();
        var sources = new StampedPaths();
        hosted = Optional.empty();
        Path modules = path;
        String name = fileOrFolder.toString();
        if (Files.isDirectory(path)) {
            String file = routesFile(path, fileOrFolder, sources, problems);
            name = fileOrFolder.resolve(file).toString();
            modules = path.resolve(file);
            Read read = settings(path, fileOrFolder, routes, sources, problems);
            settings = read.settings();
            hosted = read.hosted();
        }
        sources.add(modules);
        if (Files.isRegularFile(modules)) {
            routes.addAll(
                    new RoutesFile(
                                    workingDirectory,
                                    hosted.flatMap(Hosted::state)
                                            .map(spin::in)
                                            .orElse(spin)
                                            .pulling(settings.registries()),
                                    settings.routeDefaults(),
                                    settings.files().writers())
                            .read(modules, name, sources, problems));
        } else if (routes.isEmpty() && hosted.isEmpty()) {
            problems.error(
                    new SourcePosition(name, 0),
                    "there is no such file: name a modules.toml or its folder with --config");
        }
        rejectTwice(routes, problems);
        hosted.ifPresent(h -> sources.addAll(h.folders().sources()));
        new WritersCheck(settings.files().writers(), problems)
                .check(sources, file -> shown(file, path, fileOrFolder));
        problems.throwIfErrors();
        scan = hosted.isPresent() ? hosted.get().folders().scan(scan) : SiteScan.NONE;
        routes.addAll(scan.routes());
        sources.addAll(scan.sources());
        var warnings = new ArrayList<>(problems.all());
        warnings.addAll(scan.problems());
        return Platform.HERE.restrict(
                new Configuration(settings, routes, warnings, sources.stamps(), scan.sites()));
    }

    /** A file as the command named its folder; others by their whole paths. */
    private static String shown(Path file, Path folder, Path shownFolder) {
        return file.startsWith(folder)
                ? shownFolder.resolve(folder.relativize(file)).toString()
                : file.toString();
    }

    /** The file of a folder that has routes in another format than ours. */
    private static String routesFile(
            Path folder, Path shown, Set<Path> sources, Problems problems) {
        Path manifest = folder.resolve(SpinReader.FILE);
        sources.add(folder.resolve(MODULES));
        sources.add(manifest);
        if (!Files.isRegularFile(manifest)) {
            return MODULES;
        }
        if (Files.isRegularFile(folder.resolve(MODULES))) {
            problems.warning(
                    new SourcePosition(shown.resolve(SpinReader.FILE).toString(), 0),
                    "is not read: " + MODULES + " stands beside it");
            return MODULES;
        }
        return SpinReader.FILE;
    }

    /**
     * The effective values of a site of the last call, key by key, with their sources.
     *
     * @throws IOException if its folder cannot be read
     */
    public synchronized List<EffectiveValue> explain(SiteStatus site) throws IOException {
        return hosted.isPresent()
                ? hosted.get().folders().explain(site, hosted.get().top())
                : List.of();
    }

    /** The folders that contained sites at the last call. */
    public synchronized List<Path> siteParents() {
        return hosted.map(h -> h.folders().parents()).orElse(List.of());
    }

    /** The number of sites that the last call has read; the others were unchanged. */
    public synchronized int sitesRead() {
        return scan.sitesRead();
    }

    private record Hosted(SiteFolders folders, Section top, Optional<Path> state) {}

    private record Read(ServerSettings settings, Optional<Hosted> hosted) {
        Read(ServerSettings settings) {
            this(settings, Optional.empty());
        }
    }

    private Read settings(
            Path folder, Path shown, List<Route> routes, Set<Path> sources, Problems problems) {
        Path file = folder.resolve(SETTINGS);
        sources.add(file);
        if (!Files.isRegularFile(file)) {
            return new Read(defaults);
        }
        String name = shown.resolve(SETTINGS).toString();
        Optional<ImmutableNode> root = TomlFile.read(file, name, problems);
        if (root.isEmpty()) {
            return new Read(defaults);
        }
        ServerSettings settings =
                complete(
                        new ServerSettingsReader(
                                        new SearchPath(
                                                folder, folder, sources, TrustedWriters.ANYONE),
                                        InstantSource.system(),
                                        problems)
                                .read(root.get(), name, processors));
        var search =
                new SearchPath(folder, folder, sources, settings.files().writers())
                        .pulling(settings.registries());
        var top = new Section(root.get(), name, problems);
        routes.addAll(
                new RouteReader(RouteSyntax.NATIVE, search, settings.routeDefaults(), problems)
                        .readAll(top));
        var tables = new SitesReader(search, settings, problems);
        routes.addAll(tables.readAll(top));
        Hosting hosting =
                new HostingReader(search, shown.toString(), stateFolder, problems)
                        .read(top, settings.routes(), settings.http().errorPages(), tables.taken());
        if (hosting.defaultSite().isPresent()) {
            warnOfUnreachable(routes, problems);
        }
        boolean named = !Collections.disjoint(top.keys(), HOSTING);
        return named
                ? new Read(
                        settings,
                        Optional.of(
                                new Hosted(
                                        new SiteFolders(hosting, problems),
                                        top,
                                        hosting.files().state())))
                : new Read(settings);
    }

    private static void warnOfUnreachable(List<Route> routes, Problems problems) {
        routes.stream()
                .filter(route -> route.site().equals(Site.DEFAULT))
                .forEach(route ->
                        problems.warning(
                                route.position(),
                                "nobody can reach the route "
                                        + route.pattern()
                                        + ": the 'default-site' answers all hosts that no site"
                                        + " has"));
    }

    private static void rejectTwice(List<Route> routes, Problems problems) {
        Map<String, Map<String, SourcePosition>> first = new HashMap<>();
        for (Route route : routes) {
            SourcePosition other =
                    first.computeIfAbsent(route.site().name(), _ -> new HashMap<>())
                            .putIfAbsent(route.pattern().shape(), route.position());
            if (other != null) {
                problems.error(
                        route.position(),
                        "the route " + route.pattern() + " stands twice: first at " + other);
            }
        }
    }
}
