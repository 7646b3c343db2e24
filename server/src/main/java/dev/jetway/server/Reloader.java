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
 * Has the server serve its configuration as it is now: at once when it is asked to, and soon after
 * a file or folder has changed. Looks again and again, since file systems of other machines tell
 * nothing. What cannot be read changes nothing. Safe to share between threads.
 */
final class Reloader implements AutoCloseable {
    /** Between two looks; what has changed is read when two looks have found the same. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final ConfigurationSource source;
    private final Served served;
    private final Duration interval;
    private final Thread thread = Thread.ofVirtual().name("jetway-reload").unstarted(this::run);
    private Set<Path> sources;
    private SourceStamps read;
    private volatile boolean current = true;

    /** What a reload changes. */
    interface Served {
        /** Serves another configuration from now on. */
        ReloadReport serve(Configuration configuration) throws InterruptedException;

        /** Looks whether modules have changed. */
        void lookAtModules();
    }

    /**
     * A reloader that looks at nothing before it is started.
     *
     * @param first what is served now
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

    /** Whether what is served is what the files say. */
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
            // What has changed since it was read is found by the next look.
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
                served.lookAtModules();
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

    /** Reads all files now; the log tells what came of it. */
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
