package dev.jetway.server;

import dev.jetway.gateway.RunListener;
import dev.jetway.gateway.log.RunLog;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.server.config.Logs;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.log.AccessFormat;
import dev.jetway.server.log.AccessLog;
import dev.jetway.server.log.ErrorFormat;
import dev.jetway.server.log.ErrorLog;
import dev.jetway.server.log.LogFiles;
import dev.jetway.server.log.LogFolders;
import dev.jetway.server.log.Rotation;
import dev.jetway.server.log.StderrFiles;
import dev.jetway.server.log.StderrLog;
import dev.jetway.server.metrics.Metrics;
import dev.jetway.server.tenant.GuestLogs;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All logs of a server, as its settings ask for them. Safe to share between threads. */
final class ServerLogs implements AutoCloseable {
    private final LogFolders accessFolders;
    private final LogFolders errorFolders;
    private final LogFiles files;
    private final RunListener access;
    private final RunListener failures = new RunLog();
    private final Optional<ErrorLog> errors;
    private final GuestLogs guests;

    /** Logs that are written from now on. */
    ServerLogs(ServerSettings settings) {
        Logs logs = settings.logs();
        this.accessFolders = new LogFolders(logs.directory());
        this.errorFolders = new LogFolders(logs.errorDirectory());
        this.files =
                new LogFiles(
                        rotation(logs.rotation()),
                        settings.files().modes().map(ServerLogs::permissions),
                        InstantSource.system());
        files.start();
        this.access =
                switch (logs.access()) {
                    case OFF -> _ -> {};
                    case COMBINED -> accessLog(AccessFormat.COMBINED);
                    case JSON -> accessLog(AccessFormat.JSON);
                };
        this.errors =
                switch (logs.errors()) {
                    case OFF -> Optional.empty();
                    case TEXT -> Optional.of(errorLog(ErrorFormat.TEXT));
                    case JSON -> Optional.of(errorLog(ErrorFormat.JSON));
                };
        this.guests =
                settings.guests()
                        .logDirectory()
                        .<GuestLogs>map(StderrFiles::new)
                        .orElseGet(() -> new StderrLog(errors));
    }

    private static Rotation rotation(Logs.LogRotation rotation) {
        return new Rotation(
                rotation.size().bytes(), rotation.age(), rotation.keep(), rotation.keepAge());
    }

    /** The permissions of a mode of files, from the owner's reading to the others' executing. */
    private static Set<PosixFilePermission> permissions(FileModes modes) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((modes.file() >> (all.length - 1 - i) & 1) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    private AccessLog accessLog(AccessFormat format) {
        return new AccessLog(files, format, accessFolders::of, InstantSource.system());
    }

    private ErrorLog errorLog(ErrorFormat format) {
        return new ErrorLog(files, format, errorFolders::of, InstantSource.system());
    }

    /**
     * Writes the logs of sites to their folders.
     *
     * @param sites folders by the names of their sites
     */
    void use(Map<String, Path> sites) {
        accessFolders.use(sites);
        errorFolders.use(sites);
    }

    /** Standard error of guests. */
    GuestLogs guests() {
        return guests;
    }

    /** A listener that counts a request and logs it. */
    RunListener listener(Metrics metrics) {
        metrics.counter(
                "jetway_log_lines_dropped_total",
                "Lines of the logs of sites that were not written because too many waited.",
                files::dropped);
        return run -> {
            metrics.ended(run);
            access.ended(run);
            failures.ended(run);
            errors.ifPresent(log -> log.ended(run));
        };
    }

    /** Writes the lines that wait. */
    @Override
    public void close() {
        files.close();
    }
}
