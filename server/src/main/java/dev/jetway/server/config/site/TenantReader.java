package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.ModulesReader;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.route.RouteReader;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.route.TenantFolder;
import dev.jetway.server.config.site.SiteCandidate.Content;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.TomlFile;
import dev.jetway.server.config.table.WritersCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads the folder of a site: {@code site.toml}, {@code modules.toml} and its subfolders. */
final class TenantReader {
    private final SiteEntry entry;
    private final Hosting hosting;
    private final ProviderSite provider;
    private final Set<Path> sources;
    private final Problems problems;

    TenantReader(
            SiteEntry entry,
            Hosting hosting,
            ProviderSite provider,
            Set<Path> sources,
            Problems problems) {
        this.entry = entry;
        this.hosting = hosting;
        this.provider = provider;
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * The content; empty if the folder has been removed, or cannot be read, which the problems
     * report.
     */
    Optional<Content> read() {
        try {
            var folder = new TenantFolder(entry.folder().toRealPath());
            sources.add(folder.real());
            if (!Files.isReadable(folder.real()) || !Files.isExecutable(folder.real())) {
                problems.error(
                        entry.position(), "cannot be read: check that the server may read it");
                return Optional.empty();
            }
            return Optional.of(read(folder));
        } catch (IOException e) {
            // Removed meanwhile, or a dangling link.
            problems.error(entry.position(), "leads to no folder");
            return Optional.empty();
        }
    }

    /** The site's own file, if there is one. */
    Optional<Section> file() throws IOException {
        return section(new TenantFolder(entry.folder().toRealPath()), SitePaths.FILE);
    }

    /** The settings of the site's own file. */
    TenantSettings settings(Optional<Section> file, SearchPath search) {
        return file.map(s -> TenantSettings.read(s, provider.values(), hosting, search, problems))
                .orElseGet(() -> TenantSettings.none(provider.values()));
    }

    private Content read(TenantFolder folder) {
        SearchPath search = SearchPath.inside(folder, sources, hosting.writers());
        Optional<Section> file = section(folder, SitePaths.FILE);
        TenantSettings settings = settings(file, search);
        ErrorPages pages = settings.pages().over(hosting.errorPages());
        Site site =
                SiteReader.site(entry, settings.values(), pages, SiteKeys.https(settings.keys()));
        var defaults = new RouteDefaults(site, settings.values().routes(), pages);
        var explicit = new ArrayList<Route>();
        file.ifPresent(s ->
                explicit.addAll(
                        new RouteReader(RouteSyntax.NATIVE, search, defaults, problems)
                                .readAll(s)));
        section(folder, SitePaths.MODULES)
                .ifPresent(s ->
                        explicit.addAll(
                                new ModulesReader(
                                                search,
                                                entry.shown(SitePaths.MODULES),
                                                defaults,
                                                problems)
                                        .read(s)));
        rejectTwice(explicit);
        refuseWritable(folder.real());
        List<Route> routes =
                new FolderRoutes(entry, hosting, site, settings, sources, problems)
                        .after(explicit, folder, search);
        var claims = new ArrayList<>(provider.claims());
        file.ifPresent(s ->
                claims.addAll(
                        new TenantClaims(hosting.tenantHosts(), provider.claims(), problems)
                                .read(s, settings)));
        return new Content(SiteState.SERVED, site, routes, claims);
    }

    private Optional<Section> section(TenantFolder folder, String name) {
        Path file = folder.real().resolve(name);
        sources.add(file);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            problems.error(
                    new SourcePosition(entry.shown(name), 0),
                    "is a link or a folder: put the file itself there");
            return Optional.empty();
        }
        Optional<ImmutableNode> root =
                TomlFile.read(limit -> folder.text(file, limit), entry.shown(name), problems);
        return root.map(node -> new Section(node, entry.shown(name), problems));
    }

    /** Refuses settings of the folder that others may write; scripts and modules follow later. */
    private void refuseWritable(Path folder) {
        new WritersCheck(hosting.writers(), problems)
                .check(
                        sources.stream().filter(source -> source.startsWith(folder)).toList(),
                        source -> entry.shown(folder.relativize(source).toString()));
    }

    private void rejectTwice(List<Route> routes) {
        var seen = new HashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.pattern())) {
                problems.error(route.position(), "the route " + route.pattern() + " stands twice");
            }
        }
    }
}
