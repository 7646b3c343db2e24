package dev.jetway.server;

import dev.jetway.gateway.RunListener;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.Logs;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.log.AccessFormat;
import dev.jetway.server.log.AccessLog;
import dev.jetway.server.log.LogFiles;
import dev.jetway.server.log.LogFolders;
import dev.jetway.server.log.RunLog;
import dev.jetway.server.log.StderrFiles;
import dev.jetway.server.log.StderrLog;
import dev.jetway.server.metrics.Metrics;
import dev.jetway.server.tenant.GuestLogs;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** All logs of a server, as its settings ask for them. Safe to share between threads. */
final class ServerLogs implements AutoCloseable {
    private final LogFolders folders;
    private final LogFiles files;
    private final RunListener access;
    private final RunListener failures = new RunLog();
    private final GuestLogs guests;

    /** Logs that are written from now on. */
    ServerLogs(ServerSettings settings) {
        Logs logs = settings.logs();
        this.folders = new LogFolders(logs.directory());
        this.files = new LogFiles(new LogFiles.Rotation(logs.size().bytes(), logs.keep()));
        files.start();
        this.access =
                switch (logs.access()) {
                    case OFF -> _ -> {};
                    case COMBINED -> accessLog(AccessFormat.COMBINED);
                    case JSON -> accessLog(AccessFormat.JSON);
                };
        this.guests =
                settings.guests()
                        .logDirectory()
                        .<GuestLogs>map(StderrFiles::new)
                        .orElseGet(StderrLog::new);
    }

    private AccessLog accessLog(AccessFormat format) {
        return new AccessLog(files, format, folders::of, InstantSource.system());
    }

    /** Logs of the sites of this configuration go to their folders. */
    void use(Configuration configuration) {
        folders.use(
                configuration.sites().stream()
                        .collect(Collectors.toMap(SiteStatus::name, SiteStatus::folder)));
    }

    /** Standard error of guests. */
    GuestLogs guests() {
        return guests;
    }

    /** A listener that counts a request and logs it. */
    RunListener listener(Metrics metrics) {
        metrics.counter(
                "jetway_log_lines_dropped_total",
                "Lines of access logs that were not written because too many waited.",
                files::dropped);
        return run -> {
            metrics.ended(run);
            access.ended(run);
            failures.ended(run);
        };
    }

    /** Writes the lines that wait. */
    @Override
    public void close() {
        files.close();
    }
}
