package dev.jetway.server.config;

import dev.jetway.sandbox.file.FileModes;
import dev.jetway.server.config.table.Key;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The keys whose changes take effect at the next start of the server. */
public final class RestartKeys {
    private static final List<Setting> SETTINGS =
            List.of(
                    new Setting(Listen.ADDRESS, s -> s.listen().address()),
                    new Setting(Listen.ADMIN, s -> s.listen().admin()),
                    new Setting(Listen.TLS_CERT, s -> s.listen().tls().isPresent()),
                    new Setting(Listen.ACME_FOLDER, s -> s.listen().acme()),
                    new Setting(
                            Listen.TLS_ADDRESS, s -> s.listen().tls().flatMap(TlsSettings::listen)),
                    new Setting(Listen.HOSTNAME, s -> s.listen().hostname()),
                    new Setting(Modules.CACHE, s -> s.modules().cache()),
                    new Setting(Modules.MEMORY, s -> s.modules().memory()),
                    new Setting(Modules.DISK_SIZE, s -> s.modules().diskSize()),
                    new Setting(Modules.PRELOAD, s -> s.modules().preload()),
                    new Setting(Modules.COMPILE_THREADS, s -> s.modules().compileThreads()),
                    new Setting(Modules.COMPILE_WAIT, s -> s.modules().compileWait()),
                    new Setting(Guests.SLOTS, s -> s.guests().slots()),
                    new Setting(Guests.MEMORY, s -> s.guests().memory()),
                    new Setting(Guests.QUEUE, s -> s.guests().queue()),
                    new Setting(Guests.ADMISSION_WAIT, s -> s.guests().admissionWait()),
                    new Setting(Guests.PARKED, s -> s.guests().parked()),
                    new Setting(Guests.LONG_RUNNING, s -> s.guests().longRunning()),
                    new Setting(
                            FileSettings.FILE_MODE, s -> s.files().modes().map(FileModes::file)),
                    new Setting(
                            FileSettings.DIR_MODE,
                            s -> s.files().modes().map(FileModes::directory)),
                    new Setting(FileSettings.TMP_AGE, s -> s.files().temporaryAge()),
                    new Setting(Guests.LOG_DIRECTORY, s -> s.guests().logDirectory()),
                    new Setting(Logs.ACCESS, s -> s.logs().access()),
                    new Setting(Logs.DIRECTORY, s -> s.logs().directory()),
                    new Setting(Logs.ERRORS, s -> s.logs().errors()),
                    new Setting(Logs.ERROR_DIRECTORY, s -> s.logs().errorDirectory()),
                    new Setting(Logs.SIZE, s -> s.logs().rotation().size()),
                    new Setting(Logs.AGE, s -> s.logs().rotation().age()),
                    new Setting(Logs.KEEP, s -> s.logs().rotation().keep()),
                    new Setting(Logs.KEEP_AGE, s -> s.logs().rotation().keepAge()),
                    new Setting(Http.REQUEST_BODY_MEMORY, s -> s.http().requestBodyMemory()),
                    new Setting(Http.RESPONSE_HEAD, s -> s.http().responseHead()),
                    new Setting(Http.IDLE_TIMEOUT, s -> s.http().idleTimeout()),
                    new Setting(Http.SHUTDOWN_TIMEOUT, s -> s.http().shutdownTimeout()));

    private RestartKeys() {}

    private record Setting(Key<?> key, Function<ServerSettings, Object> value) {
        boolean differs(ServerSettings one, ServerSettings other) {
            return !Objects.equals(value.apply(one), value.apply(other));
        }
    }

    /** The keys that differ, in the order of the documents. */
    public static List<String> changed(ServerSettings before, ServerSettings now) {
        return SETTINGS.stream()
                .filter(s -> s.differs(before, now))
                .map(s -> s.key().name())
                .toList();
    }
}
