package dev.jetway.server.tenant;

import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.sandbox.Volume;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quotas of all sites that have one, counted one after another in the background: guests that
 * would change something wait for their site's turn. Safe to share between threads.
 */
public final class VolumeQuotas implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeQuotas.class);

    private final Map<String, SiteVolumes> sites = new LinkedHashMap<>();
    private final Thread counter;

    /** The roots are sorted, so that what is inside of another comes after it. */
    private record SiteVolumes(Quota quota, NavigableSet<Path> roots) {}

    public VolumeQuotas(List<Route> routes) {
        ModuleRoute.among(routes).forEach(this::add);
        counter = Thread.ofPlatform().name("volume-counter").daemon().unstarted(this::count);
        if (!sites.isEmpty()) {
            counter.start();
        }
    }

    private void add(ModuleRoute configured) {
        Site site = configured.route().site();
        site.volumes()
                .ifPresent(limits -> {
                    SiteVolumes volumes =
                            sites.computeIfAbsent(
                                    site.name(),
                                    _ ->
                                            new SiteVolumes(
                                                    new Quota(
                                                            limits.bytes().bytes(), limits.files()),
                                                    new TreeSet<>()));
                    configured.action().volumes().stream()
                            .filter(v -> !v.readOnly())
                            .map(Volume::hostDirectory)
                            .filter(Files::isDirectory)
                            .map(VolumeQuotas::real)
                            .forEach(volumes.roots()::add);
                });
    }

    /** Two names of one directory are one. */
    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory;
        }
    }

    public Optional<Quota> of(Site site) {
        return Optional.ofNullable(sites.get(site.name())).map(SiteVolumes::quota);
    }

    private void count() {
        for (Map.Entry<String, SiteVolumes> site : sites.entrySet()) {
            try {
                site.getValue().quota().count(outermost(site.getValue().roots()));
            } catch (IOException e) {
                LOG.warn(
                        "site {}: its volumes cannot be counted, so its guests cannot make anything"
                                + " in them: {}",
                        site.getKey(),
                        e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static Collection<Path> outermost(Set<Path> roots) {
        var kept = new TreeSet<Path>();
        for (Path root : roots) {
            Path before = kept.floor(root);
            if (before == null || !root.startsWith(before)) {
                kept.add(root);
            }
        }
        return kept;
    }

    @Override
    public void close() {
        counter.interrupt();
    }
}
