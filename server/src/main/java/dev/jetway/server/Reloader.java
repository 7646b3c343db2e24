package dev.jetway.server;

import dev.jetway.base.Pace;
import dev.jetway.server.admin.ReloadHandler.Result;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.SourceStamps;
import dev.jetway.server.config.table.ToldProblems;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration: at once on demand, and soon after a file or folder has changed. Polls,
 * since remote file systems send no notifications. An invalid configuration changes nothing. Safe
 * to share between threads.
 */
final class Reloader implements AutoCloseable {
    /**
     * The pauses between two checks: at most 1 % of one processor, however many files there are. A
     * change is read when what has changed is the same after the least pause.
     */
    static final Pace PACE = new Pace(Duration.ofSeconds(1), 1);

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final ConfigurationSource source;
    private final Served served;
    private final Pace pace;
    private final ToldProblems told;
    private final Thread thread = Thread.ofVirtual().name("jetway-reload").unstarted(this::run);
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
    Reloader(ConfigurationSource source, Configuration first, Served served, Pace pace) {
        this.source = source;
        this.served = served;
        this.pace = pace;
        this.read = first.sources();
        this.told = new ToldProblems(first.warnings());
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
        SourceStamps before = read.now();
        try {
            Configuration configuration = source.read();
            ReloadReport report = served.serve(configuration);
            read = configuration.sources();
            current = true;
            // One that lasts is not told again at each reload.
            told.fresh(configuration.warnings()).forEach(problem -> LOG.warn("{}", problem));
            return new Result(true, report.toString());
        } catch (ConfigurationException e) {
            read = before;
            current = false;
            return new Result(false, String.valueOf(e.getMessage()));
        }
    }

    private void run() {
        try {
            while (true) {
                long begin = System.nanoTime();
                SourceStamps changed = changed();
                served.checkModules();
                Duration work = Duration.ofNanos(System.nanoTime() - begin);
                if (!changed.isEmpty()) {
                    Thread.sleep(pace.least());
                    reloadIfSteady(changed);
                }
                Thread.sleep(pace.after(work));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The files that are not as they were read. */
    private synchronized SourceStamps changed() {
        return read.now().unlike(read);
    }

    /** Reads a change, unless it is still under way or an operator's reload has read it. */
    private synchronized void reloadIfSteady(SourceStamps changed) throws InterruptedException {
        if (changed.now().equals(changed) && !changed.unlike(read).isEmpty()) {
            tell(reload());
        }
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
