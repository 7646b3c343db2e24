package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of logs. Immutable.
 *
 * @param access the format of access logs
 * @param directory for access logs of sites without folders of their own; none if empty
 * @param errors the format of sites' error logs
 * @param errorDirectory for error logs of sites without folders of their own; none if empty
 * @param rotation of all these files
 */
public record Logs(
        Access access,
        Optional<Path> directory,
        Errors errors,
        Optional<Path> errorDirectory,
        LogRotation rotation) {
    private static final int MAX_KEEP = 1000;
    private static final Duration MAX_AGE = Duration.ofDays(3650);
    private static final Duration MIN_AGE = Duration.ofMinutes(1);

    /**
     * The age and number of log files. Immutable.
     *
     * @param size bytes of a file before the next is started
     * @param age of a file before the next is started; any if empty
     * @param keep older files that are kept
     * @param keepAge age of older files that are kept; any if empty
     */
    public record LogRotation(
            ByteSize size, Optional<Duration> age, int keep, Optional<Duration> keepAge) {}

    /** The format of sites' error logs. */
    public enum Errors {
        /** No error logs of sites: all goes to the server's log. */
        OFF,
        /** A line of text. */
        TEXT,
        /** A JSON object a line. */
        JSON;

        static Errors parse(String text) {
            for (Errors one : values()) {
                if (one.toString().equals(text)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("is \"text\", \"json\" or \"off\"");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The format of access logs. */
    public enum Access {
        /** No access logs. */
        OFF,
        /** Apache's combined format. */
        COMBINED,
        /** A JSON object a line. */
        JSON;

        static Access parse(String text) {
            for (Access one : values()) {
                if (one.toString().equals(text)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("is \"combined\", \"json\" or \"off\"");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Key<Access> ACCESS =
            Key.text("access-log", "`\"combined\"`, `\"json\"` or `\"off\"`", Access::parse)
                    .or(Access.COMBINED);
    static final Key<Path> DIRECTORY = Key.path("access-log-dir", "folder");
    static final Key<ByteSize> SIZE =
            Key.size("log-size", ByteSize.ofKibibytes(64), ByteSize.ofMebibytes(1L << 20))
                    .or(ByteSize.ofMebibytes(64));
    static final Key<Integer> KEEP = Key.count("log-keep", 0, MAX_KEEP).or(5);

    static final Key<Errors> ERRORS =
            Key.text("error-log", "`\"text\"`, `\"json\"` or `\"off\"`", Errors::parse)
                    .or(Errors.TEXT);
    static final Key<Path> ERROR_DIRECTORY =
            Key.path("error-log-dir", "folder").orElse("the server's log");
    static final Key<Duration> AGE = Key.time("log-age", MIN_AGE, MAX_AGE);
    static final Key<Duration> KEEP_AGE = Key.time("log-keep-age", MIN_AGE, MAX_AGE);

    static final List<Key<?>> KEYS =
            List.of(ACCESS, DIRECTORY, ERRORS, ERROR_DIRECTORY, SIZE, AGE, KEEP, KEEP_AGE);

    static Logs of(KeyValues values) {
        return new Logs(
                values.get(ACCESS),
                values.find(DIRECTORY),
                values.get(ERRORS),
                values.find(ERROR_DIRECTORY),
                new LogRotation(
                        values.get(SIZE),
                        values.find(AGE),
                        values.get(KEEP),
                        values.find(KEEP_AGE)));
    }
}
