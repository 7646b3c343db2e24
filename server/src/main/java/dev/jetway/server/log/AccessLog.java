package dev.jetway.server.log;

import dev.jetway.gateway.RunListener;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.Site;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Writes a line for each request to the log of its site. Safe to share between threads. */
public final class AccessLog implements RunListener {
    /** The file in a site's log folder. */
    public static final String FILE = "access.log";

    private final LogFiles files;
    private final AccessFormat format;
    private final Function<Optional<Site>, Optional<LogPlace>> folders;
    private final InstantSource clock;

    /**
     * A log.
     *
     * @param folders the log folder of a site, or of requests for no site; empty for no log
     */
    public AccessLog(
            LogFiles files,
            AccessFormat format,
            Function<Optional<Site>, Optional<LogPlace>> folders,
            InstantSource clock) {
        this.files = files;
        this.format = format;
        this.folders = folders;
        this.clock = clock;
    }

    @Override
    public void ended(RunRecord record) {
        if (record.goesOn()) {
            return;
        }
        folders.apply(record.site())
                .ifPresent(folder -> {
                    Instant time = clock.instant().minus(record.duration());
                    files.append(folder, FILE, () -> format.of(record, time));
                });
    }
}
