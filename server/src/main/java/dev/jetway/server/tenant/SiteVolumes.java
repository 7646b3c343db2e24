package dev.jetway.server.tenant;

import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Site;
import dev.jetway.route.VolumeLimits;
import dev.jetway.sandbox.Volume;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quota of a site and its directories. Immutable.
 *
 * @param quota of the site's guests
 * @param roots directories that the site's guests may change, none inside of another
 */
record SiteVolumes(Quota quota, NavigableSet<Path> roots) {
    private static final Logger LOG = LoggerFactory.getLogger(SiteVolumes.class);

    /**
     * A quota whose count starts on another thread; guests wait for it before they change anything.
     */
    static SiteVolumes counted(
            Site site, VolumeLimits limits, List<ModuleRoute> routes, Executor counter) {
        var volumes =
                new SiteVolumes(new Quota(limits.bytes().bytes(), limits.files()), roots(routes));
        counter.execute(() -> volumes.count(site));
        return volumes;
    }

    /** The quota with other limits; counted again only if the directories have changed. */
    SiteVolumes changed(
            Site site, VolumeLimits limits, List<ModuleRoute> routes, Executor counter) {
        quota.changeLimits(limits.bytes().bytes(), limits.files());
        NavigableSet<Path> changed = roots(routes);
        if (changed.equals(roots)) {
            return this;
        }
        var volumes = new SiteVolumes(quota, changed);
        counter.execute(() -> volumes.count(site));
        return volumes;
    }

    private void count(Site site) {
        try {
            quota.count(roots);
        } catch (IOException e) {
            LOG.warn(
                    "site {}: its volumes cannot be counted, so its guests cannot make anything"
                            + " in them: {}",
                    site.name(),
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static NavigableSet<Path> roots(List<ModuleRoute> routes) {
        var all = new TreeSet<Path>();
        routes.stream()
                .flatMap(r -> r.action().volumes().stream())
                .filter(v -> !v.readOnly())
                .map(Volume::hostDirectory)
                .filter(Files::isDirectory)
                .map(SiteVolumes::real)
                .forEach(all::add);
        var outermost = new TreeSet<Path>();
        // Sorted: a directory inside of another follows it.
        for (Path root : all) {
            Path before = outermost.floor(root);
            if (before == null || !root.startsWith(before)) {
                outermost.add(root);
            }
        }
        return outermost;
    }

    /** The real path, so that two names of a directory count once. */
    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory;
        }
    }
}
