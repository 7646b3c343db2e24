package dev.jetway.server.config.table;

import dev.jetway.base.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A key of a table, from which readers, caps, the schema and the documents' tables are derived.
 * Immutable.
 *
 * @param name without a suffix
 * @param kind the type and the range of its values
 * @param defaultText its default as the documents name it
 * @param standard its default by number of processors; empty for unset
 * @param capped whether {@code [caps]} may hold it
 */
public record Key<V>(
        String name,
        Kind<V> kind,
        String defaultText,
        IntFunction<Optional<V>> standard,
        boolean capped) {
    /** A whole number. */
    public static Key<Integer> count(String name, int least, int most) {
        return of(name, Kind.count(least, most));
    }

    /** A time. */
    public static Key<Duration> time(String name, Duration least, Duration most) {
        return of(name, Kind.time(least, most));
    }

    /** A number of bytes. */
    public static Key<ByteSize> size(String name, ByteSize least, ByteSize most) {
        return of(name, Kind.size(least, most));
    }

    /** A text with a parser. */
    public static <V> Key<V> text(String name, String range, Function<String, V> parser) {
        return of(name, new Kind.Text<>(range, parser));
    }

    /** A file or a folder, not yet resolved. */
    public static Key<Path> path(String name, String range) {
        return text(
                name,
                range,
                text -> {
                    if (text.isEmpty()) {
                        throw new IllegalArgumentException("must not be empty");
                    }
                    return Path.of(text);
                });
    }

    /** A key of any kind, unset by default. */
    public static <V> Key<V> of(String name, Kind<V> kind) {
        return new Key<>(name, kind, "none", _ -> Optional.empty(), false);
    }

    /** The key with a default. */
    public Key<V> or(V value) {
        return or(kind.text(value), _ -> value);
    }

    /** The key with a default that the documents describe in words. */
    public Key<V> or(String shown, IntFunction<V> byProcessors) {
        return new Key<>(
                name,
                kind,
                shown,
                processors -> Optional.of(byProcessors.apply(processors)),
                capped);
    }

    /** The key, unset by default: another setting decides. */
    public Key<V> orElse(String shown) {
        return new Key<>(name, kind, shown, standard, capped);
    }

    /** The key as one of {@code [caps]} too. */
    public Key<V> withCap() {
        return new Key<>(name, kind, defaultText, standard, true);
    }
}
