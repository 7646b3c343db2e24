package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of logs. Immutable.
 *
 * @param access the format of access logs
 * @param directory for the logs of sites without folders of their own; none if empty
 * @param size bytes of a file before the next is started
 * @param keep older files that are kept
 */
public record Logs(Access access, Optional<Path> directory, ByteSize size, int keep) {
    private static final int MAX_KEEP = 1000;

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

    static final List<Key<?>> KEYS = List.of(ACCESS, DIRECTORY, SIZE, KEEP);

    static Logs of(KeyValues values) {
        return new Logs(
                values.get(ACCESS), values.find(DIRECTORY), values.get(SIZE), values.get(KEEP));
    }
}
