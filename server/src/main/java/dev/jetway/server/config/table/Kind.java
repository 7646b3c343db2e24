package dev.jetway.server.config.table;

import dev.jetway.base.ByteSize;
import dev.jetway.base.DurationText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The type and the range of a key's values. Implementations are immutable. */
public sealed interface Kind<V> {
    /** The value in a table; empty if there is none or an invalid one, which is reported. */
    Optional<V> read(Section table, String key);

    /** The allowed values, as the documents name them. */
    String range();

    /** A value in the notation of files. */
    default String text(V value) {
        return value.toString();
    }

    /** A whole number. */
    static Kind<Integer> count(int least, int most) {
        return new Ranged<>(
                Unit.COUNT,
                least,
                most,
                Comparator.naturalOrder(),
                (table, key) -> {
                    var number = table.number(key, least, most);
                    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
                });
    }

    /** A time. */
    static Kind<Duration> time(Duration least, Duration most) {
        return new Ranged<>(
                Unit.TIME,
                least,
                most,
                Comparator.naturalOrder(),
                (table, key) -> table.duration(key, least, most));
    }

    /** A number of bytes. */
    static Kind<ByteSize> size(ByteSize least, ByteSize most) {
        return new Ranged<>(
                Unit.SIZE,
                least,
                most,
                Comparator.naturalOrder(),
                (table, key) -> table.size(key, least, most));
    }

    /** The notation of a value with a range. */
    enum Unit {
        COUNT,
        TIME,
        SIZE
    }

    /** Reads one key of a table. */
    @FunctionalInterface
    interface Reader<V> {
        Optional<V> read(Section table, String key);
    }

    /** A value in a range, with an optional cap. */
    record Ranged<V>(Unit unit, V least, V most, Comparator<V> order, Reader<V> reader)
            implements Kind<V> {
        @Override
        public Optional<V> read(Section table, String key) {
            return reader.read(table, key);
        }

        @Override
        public String range() {
            return text(least) + " to " + text(most);
        }

        @Override
        public String text(V value) {
            return value instanceof Duration time ? DurationText.of(time) : value.toString();
        }
    }

    /** A text with a parser. */
    record Text<V>(String range, Function<String, V> parser) implements Kind<V> {
        @Override
        public Optional<V> read(Section table, String key) {
            return table.parsed(key, parser);
        }
    }

    /** One such text, or a list of texts. */
    record OneOrMore(String range, int most, Function<String, String> parser)
            implements Kind<List<String>> {
        @Override
        public Optional<List<String>> read(Section table, String key) {
            return table.oneOrMore(key, most, parser);
        }
    }

    /** True or false. */
    record Flag() implements Kind<Boolean> {
        @Override
        public Optional<Boolean> read(Section table, String key) {
            return table.flag(key);
        }

        @Override
        public String range() {
            return "`true` or `false`";
        }
    }

    /** A list of such texts. */
    record TextList(String range, int most, Function<String, String> parser)
            implements Kind<List<String>> {
        @Override
        public Optional<List<String>> read(Section table, String key) {
            return table.list(key, most, parser);
        }
    }
}
