package dev.jetway.server.tenant;

import dev.jetway.base.Pace;
import dev.jetway.base.UnixTime;
import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.file.linux.HostFiles;
import dev.jetway.sandbox.file.quota.Quota;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old files in the {@code tmp} of sites, for example sessions of PHP, on a thread of its
 * own. What it deletes is given back to the quota of the site. Safe to share between threads.
 */
public final class TemporaryCleaner implements AutoCloseable {
    /** The folder in a site's folder. */
    static final String FOLDER = "tmp";

    /** The pauses between two sites: at most 1 % of one processor. */
    static final Pace PACE = new Pace(Duration.ofMillis(10), 1);

    /** Time between two rounds through all sites. */
    static final Duration ROUND = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryCleaner.class);

    private final Duration age;
    private final Function<String, Optional<Quota>> quotas;
    private final InstantSource clock;
    private final LongAdder deleted = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().name("jetway-tmp").daemon().unstarted(this::run);
    private volatile Map<String, Path> sites = Map.of();

    /**
     * A cleaner that has not been started.
     *
     * @param age of a file since its last change before it is deleted
     * @param quotas the quota of a site's volumes, by the site's name
     */
    public TemporaryCleaner(
            Duration age, Function<String, Optional<Quota>> quotas, InstantSource clock) {
        this.age = age;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * Cleans these sites from now on.
     *
     * @param folders by the names of their sites
     */
    public void use(Map<String, Path> folders) {
        sites = Map.copyOf(folders);
    }

    /** Starts the rounds, if this system has volumes. */
    public void start() {
        if (HostFiles.unavailable().isEmpty()) {
            thread.start();
        }
    }

    /** The number of names that have been deleted. */
    public long deleted() {
        return deleted.sum();
    }

    private void run() {
        try {
            while (true) {
                round();
                Thread.sleep(ROUND);
            }
        } catch (InterruptedException | Interruption e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() throws InterruptedException {
        for (Map.Entry<String, Path> site : sites.entrySet()) {
            long begin = System.nanoTime();
            clean(site.getKey(), site.getValue());
            Thread.sleep(PACE.after(Duration.ofNanos(System.nanoTime() - begin)));
        }
    }

    /** Cleans one site. Trouble concerns that site alone. */
    void clean(String name, Path folder) {
        try (var files = new HostFiles(FileModes.DEFAULT, false);
                Directory site = root(files, name, folder)) {
            deleted.add(new AgedFiles(site, limit()).deleteBelow(FOLDER));
        } catch (ErrnoException e) {
            LOG.debug("site {}: its tmp was not looked at: {}", name, e.errno());
        }
    }

    private Directory root(HostFiles files, String name, Path folder) {
        return quotas.apply(name)
                .map(quota -> files.root(folder, quota, new LimitHits()))
                .orElseGet(() -> files.root(folder, false));
    }

    private long limit() {
        return UnixTime.nanos(clock.instant().minus(age));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
