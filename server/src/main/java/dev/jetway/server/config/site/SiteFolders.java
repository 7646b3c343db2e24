package dev.jetway.server.config.site;

import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.route.TenantFolder;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.SourceStamps;
import dev.jetway.server.config.table.StampedPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads the folders of sites. Immutable; safe to share between threads. */
public final class SiteFolders {
    private final Hosting hosting;
    private final Plans plans;
    private final SourceStamps sources;

    /**
     * Reads the plans.
     *
     * @param problems of the plans
     */
    public SiteFolders(Hosting hosting, Problems problems) {
        var read = new StampedPaths();
        this.hosting = hosting;
        this.plans =
                hosting.patterns().isEmpty()
                        ? new Plans(Map.of(), Map.of())
                        : Plans.read(hosting, read, problems);
        this.sources = read.stamps();
    }

    /**
     * All current sites. Unchanged sites are not read again, and a site with errors keeps its last
     * good content.
     */
    public SiteScan scan(SiteScan before) {
        var others = new StampedPaths();
        others.addAll(sources);
        hosting.patterns().forEach(p -> others.add(p.parent()));
        var listing = new SiteListing(hosting.patterns(), hosting.taken().names());
        var reader = new SiteReader(hosting, plans);
        var found = new LinkedHashMap<String, SiteCandidate>();
        int read = 0;
        for (SiteEntry entry : listing.entries()) {
            Optional<SiteCandidate> last =
                    Optional.ofNullable(before.candidates().get(entry.name()))
                            .filter(c -> c.entry().equals(entry));
            if (last.filter(reader::isCurrent).isPresent()) {
                found.put(entry.name(), last.get());
            } else {
                read++;
                reader.read(entry, last).ifPresent(c -> found.put(entry.name(), c));
            }
        }
        before.candidates()
                .forEach((name, c) -> {
                    if (listing.unread().contains(c.entry().folder().getParent())) {
                        found.putIfAbsent(name, c);
                    }
                });
        var problems = new ArrayList<>(listing.problems());
        hosting.defaultSite()
                .filter(name -> !found.containsKey(name))
                .ifPresent(name -> problems.add(noDefault(name)));
        others.addAll(listing.awaited());
        return SiteScan.of(found, hosting, problems, others.stamps(), read);
    }

    /** The files of plans. */
    public SourceStamps sources() {
        return sources;
    }

    /** The folders that contain sites other than those of users. */
    public List<Path> parents() {
        return hosting.patterns().stream()
                .filter(pattern -> pattern.userRoot().isEmpty())
                .map(Hosting.Pattern::parent)
                .toList();
    }

    /**
     * The effective values of a site, key by key.
     *
     * @param server the file {@code jetway.toml}
     * @throws IOException if its folder cannot be read
     */
    public List<EffectiveValue> explain(SiteStatus site, Section server) throws IOException {
        var entry = new SiteEntry(site.name(), site.folder(), site.shown(), userRoot(site));
        var read = new LinkedHashSet<Path>();
        var ignored = new Problems();
        ProviderSite provider = ProviderSite.read(entry, hosting, plans, read, ignored);
        var reader = new TenantReader(entry, hosting, provider, read, ignored);
        Optional<Section> file = reader.file();
        var search =
                SearchPath.inside(
                        new TenantFolder(site.folder().toRealPath()), read, hosting.writers());
        List<Section> layers =
                Stream.of(
                                Optional.of(server),
                                provider.plan().map(plans.sections()::get),
                                provider.section(),
                                file)
                        .flatMap(Optional::stream)
                        .toList();
        return new SiteExplanation(layers).of(provider, reader.settings(file, search));
    }

    private Optional<String> userRoot(SiteStatus site) {
        return hosting.patterns().stream()
                .filter(p -> site.name().startsWith("~") && p.userRoot().isPresent())
                .filter(p -> p.parent().equals(site.folder().getParent()))
                .flatMap(p -> p.userRoot().stream())
                .findFirst();
    }

    private Problem noDefault(String name) {
        return new Problem(
                Problem.Severity.ERROR,
                hosting.patterns().getFirst().position(),
                "'default-site': there is no site '" + name + "' among the folders");
    }
}
