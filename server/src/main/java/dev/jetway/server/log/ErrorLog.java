package dev.jetway.server.log;

import dev.jetway.gateway.RunListener;
import dev.jetway.gateway.RunRecord;
import dev.jetway.gateway.log.FailureLine;
import dev.jetway.route.Site;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The error logs of sites: the reason of each failed request, and the standard error of guests.
 * Text over {@link #MAX_WAITING} of a site is dropped and counted, so that one site cannot fill the
 * queue of all. Safe to share between threads.
 */
public final class ErrorLog implements RunListener {
    /** The file in a site's log folder. */
    public static final String FILE = "error.log";

    /** Maximum characters of one site's log that wait to be written. */
    static final int MAX_WAITING = 1 << 20;

    private final LogFiles files;
    private final ErrorFormat format;
    private final Function<Optional<Site>, Optional<LogPlace>> folders;
    private final InstantSource clock;
    private final Map<LogPlace, Integer> waiting = new ConcurrentHashMap<>();

    /**
     * A log.
     *
     * @param folders the log folder of a site; empty for no log
     */
    public ErrorLog(
            LogFiles files,
            ErrorFormat format,
            Function<Optional<Site>, Optional<LogPlace>> folders,
            InstantSource clock) {
        this.files = files;
        this.format = format;
        this.folders = folders;
        this.clock = clock;
    }

    @Override
    public void ended(RunRecord run) {
        if (FailureLine.isWorthy(run)) {
            lines(
                            run.site(),
                            new Origin(
                                    run.head().id(),
                                    "failure",
                                    run.route().map(Object::toString).orElse("-")))
                    .ifPresent(lines -> lines.add(FailureLine.forTenant(run)));
        }
    }

    /**
     * The origin of lines. Immutable.
     *
     * @param id of the request
     * @param source {@code stderr} for a program's words, {@code failure} for the server's
     * @param route the pattern of the route, or {@code -}
     */
    record Origin(String id, String source, String route) {}

    /** Takes lines for the log of a site; empty if the site has none. */
    Optional<Lines> lines(Optional<Site> site, Origin origin) {
        return folders.apply(site).map(place -> new Lines(this, place, origin));
    }

    /** Lines of one origin: together one entry of the queue until they are written. */
    static final class Lines {
        private final ErrorLog log;
        private final LogPlace place;
        private final Origin origin;
        private StringBuilder text = new StringBuilder();

        private Lines(ErrorLog log, LogPlace place, Origin origin) {
            this.log = log;
            this.place = place;
            this.origin = origin;
        }

        /** Adds an escaped line. Never blocks for long. */
        synchronized void add(String content) {
            String line = log.format.of(log.clock.instant(), origin, content);
            int length = line.length() + 1;
            if (!log.reserve(place, length)) {
                log.files.drop();
                return;
            }
            boolean first = text.isEmpty();
            text.append(first ? "" : "\n").append(line);
            if (first && !log.files.append(place, FILE, this::take)) {
                log.release(place, length);
                text.setLength(0);
            }
        }

        /** Called on the writing thread. */
        private synchronized String take() {
            String taken = text.toString();
            text = new StringBuilder();
            log.release(place, taken.length() + 1);
            return taken;
        }
    }

    private boolean reserve(LogPlace place, int length) {
        boolean granted = waiting.merge(place, length, Integer::sum) <= MAX_WAITING;
        if (!granted) {
            release(place, length);
        }
        return granted;
    }

    private void release(LogPlace place, int length) {
        waiting.computeIfPresent(place, (_, now) -> now == length ? null : now - length);
    }
}
