package dev.jetway.gateway.log;

import dev.jetway.gateway.RunListener;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.Site;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request that a guest failed or that hit a limit; what went well or was the
 * client's is debug. A flood does not fill the disk: lines over {@link #MAX_LINES} in a second are
 * only counted. Safe to share between threads.
 */
public final class RunLog implements RunListener {
    /** Maximum lines in a second. */
    static final int MAX_LINES = 200;

    private static final Logger LOG = LoggerFactory.getLogger("jetway.run");

    private final Consumer<Object> log;
    private final LongSupplier nanos;
    private long second;
    private int lines;
    private long leftOut;

    /** A log that writes to the server's log. */
    public RunLog() {
        this(line -> LOG.warn("{}", line), System::nanoTime);
    }

    RunLog(Consumer<Object> log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.second = secondNow();
    }

    @Override
    public void ended(RunRecord record) {
        if (FailureLine.isWorthy(record)) {
            write(record);
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("{}", line(record));
        }
    }

    private synchronized void write(RunRecord record) {
        long now = secondNow();
        if (now != second) {
            if (leftOut > 0) {
                log.accept(leftOut + " more requests failed or hit a limit: see the metrics");
            }
            second = now;
            lines = 0;
            leftOut = 0;
        }
        if (lines < MAX_LINES) {
            lines++;
            log.accept(line(record));
        } else {
            leftOut++;
        }
    }

    private long secondNow() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong());
    }

    private static String line(RunRecord run) {
        return "site "
                + run.site().map(Site::name).orElse("-")
                + " route "
                + run.route().map(Object::toString).orElse("-")
                + ": "
                + FailureLine.of(run);
    }
}
