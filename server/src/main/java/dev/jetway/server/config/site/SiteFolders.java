package dev.jetway.server.config.site;

import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds and reads the folders of sites. Immutable; safe to share between threads. */
public final class SiteFolders {
    private final Hosting hosting;
    private final Plans plans;
    private final Set<Path> sources;

    /**
     * Reads the plans.
     *
     * @param problems of the plans
     */
    public SiteFolders(Hosting hosting, Problems problems) {
        var read = new LinkedHashSet<Path>();
        this.hosting = hosting;
        this.plans =
                hosting.patterns().isEmpty()
                        ? new Plans(Map.of(), Map.of())
                        : Plans.read(hosting, read, problems);
        this.sources = read;
    }

    /**
     * All sites as they are now. A site that has not changed since is not read again, and one that
     * has errors now stays as it was.
     */
    public SiteScan scan(SiteScan before) {
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
        var others = new LinkedHashSet<>(sources);
        hosting.patterns().forEach(p -> others.add(p.parent()));
        return SiteScan.of(found, hosting, problems, others, read);
    }

    private Problem noDefault(String name) {
        return new Problem(
                Problem.Severity.ERROR,
                hosting.patterns().getFirst().position(),
                "'default-site': there is no site '" + name + "' among the folders");
    }
}
