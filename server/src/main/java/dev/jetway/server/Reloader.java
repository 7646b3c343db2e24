package dev.jetway.server;

import dev.jetway.server.admin.ReloadHandler.Result;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.SourceStamps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration: at once on demand, and soon after a file or folder has changed. Polls,
 * since remote file systems send no notifications. An invalid configuration changes nothing. Safe
 * to share between threads.
 */
final class Reloader implements AutoCloseable {
    /** Time between two checks; a change is read when two checks have found the same state. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final ConfigurationSource source;
    private final Served served;
    private final Duration interval;
    private final Thread thread = Thread.ofVirtual().name("jetway-reload").unstarted(this::run);
    private Set<Path> sources;
    private SourceStamps read;
    private volatile boolean current = true;

    /** The parts that a reload changes. */
    interface Served {
        /** Serves another configuration. */
        ReloadReport serve(Configuration configuration) throws InterruptedException;

        /** Checks modules for changes. */
        void checkModules();
    }

    /**
     * A reloader that has not been started.
     *
     * @param first the configuration that is served
     */
    Reloader(ConfigurationSource source, Configuration first, Served served, Duration interval) {
        this.source = source;
        this.served = served;
        this.interval = interval;
        this.sources = first.sources();
        this.read = SourceStamps.of(sources);
    }

    void start() {
        thread.start();
    }

    /** Whether the current files are served. */
    boolean isCurrent() {
        return current;
    }

    /** Reads all files now. */
    synchronized Result reload() throws InterruptedException {
        SourceStamps before = SourceStamps.of(sources);
        try {
            Configuration configuration = source.read();
            ReloadReport report = served.serve(configuration);
            sources = configuration.sources();
            // The next check finds changes made since the files were read.
            read = sources.equals(before.byPath().keySet()) ? before : SourceStamps.of(sources);
            current = true;
            configuration.warnings().forEach(warning -> LOG.warn("{}", warning));
            return new Result(true, report.toString());
        } catch (ConfigurationException e) {
            read = before;
            current = false;
            return new Result(false, String.valueOf(e.getMessage()));
        }
    }

    private void run() {
        SourceStamps last = read;
        try {
            while (true) {
                Thread.sleep(interval);
                last = look(last);
                served.checkModules();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized SourceStamps look(SourceStamps last) throws InterruptedException {
        SourceStamps now = SourceStamps.of(new LinkedHashSet<>(sources));
        if (!now.equals(read) && now.equals(last)) {
            tell(reload());
        }
        return now;
    }

    /** Reads all files now and logs the result. */
    void reloadAndTell() throws InterruptedException {
        tell(reload());
    }

    private static void tell(Result result) {
        if (result.done()) {
            LOG.info("the configuration has been read: {}", result.text());
        } else {
            LOG.warn(
                    "the configuration cannot be read, the last one is served on:\n{}",
                    result.text());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
