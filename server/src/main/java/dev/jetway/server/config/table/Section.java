package dev.jetway.server.config.table;

import dev.jetway.base.ByteSize;
import dev.jetway.base.DurationText;
import dev.jetway.base.SourcePosition;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** One table of a file, read key by key; unreadable values become problems. */
public final class Section {
    private final ImmutableNode node;
    private final String file;
    private final Problems problems;
    // Looking up a child in a node is linear: too slow for tens of keys of 10,000 routes.
    private final SequencedMap<String, ImmutableNode> first = new LinkedHashMap<>();

    public Section(ImmutableNode node, String file, Problems problems) {
        this.node = node;
        this.file = file;
        this.problems = problems;
        node.getChildren().forEach(child -> first.putIfAbsent(child.getNodeName(), child));
    }

    public SourcePosition position() {
        return position(node);
    }

    /** The position of a key, or of the table if it has no such key. */
    public SourcePosition position(String key) {
        return child(key).map(this::position).orElseGet(this::position);
    }

    /** The position of an entry of a table. */
    public SourcePosition position(String key, String entry) {
        return child(key)
                .flatMap(n -> n.getChildren(entry).stream().findFirst())
                .map(this::position)
                .orElseGet(() -> position(key));
    }

    private SourcePosition position(ImmutableNode of) {
        Object line = of.getAttributes().get(TomlFile.LINE);
        return new SourcePosition(file, line instanceof Integer number ? number : 0);
    }

    private Optional<ImmutableNode> child(String key) {
        return Optional.ofNullable(first.get(key));
    }

    public List<String> keys() {
        return List.copyOf(first.sequencedKeySet());
    }

    /** The tables {@code [[key]]}. */
    public List<Section> tables(String key) {
        List<ImmutableNode> children = node.getChildren(key);
        if (children.stream().allMatch(n -> n.getAttributes().containsKey(TomlFile.ELEMENT))) {
            return children.stream().map(n -> new Section(n, file, problems)).toList();
        }
        problems.error(position(key), "'" + key + "' must be a list of tables: [[" + key + "]]");
        return List.of();
    }

    /** The table {@code [key]} or {@code key = { … }}. */
    public Optional<Section> table(String key) {
        Optional<ImmutableNode> child = child(key);
        if (child.map(Section::isTable).orElse(true)) {
            return child.map(n -> new Section(n, file, problems));
        }
        problems.error(position(key), "'" + key + "' must be a table: { name = \"value\" }");
        return Optional.empty();
    }

    /** Whether there is a table {@code [key]} or {@code key = { … }}. */
    public boolean hasTable(String key) {
        return child(key).map(Section::isTable).orElse(false);
    }

    /** Whether the key has a text, not another kind of value. */
    public boolean hasText(String key) {
        return child(key).map(ImmutableNode::getValue).filter(String.class::isInstance).isPresent();
    }

    private static boolean isTable(ImmutableNode node) {
        return node.getAttributes().containsKey(TomlFile.TABLE)
                && !node.getAttributes().containsKey(TomlFile.ELEMENT);
    }

    public Optional<String> text(String key) {
        Optional<ImmutableNode> child = child(key);
        if (child.isEmpty()) {
            return Optional.empty();
        }
        return text(child.get(), key);
    }

    private Optional<String> text(ImmutableNode from, String shown) {
        if (!(from.getValue() instanceof String text)) {
            problems.error(position(from), "'" + shown + "' must be a text in quotes");
            return Optional.empty();
        }
        // Guests and the operating system take C strings.
        if (text.indexOf(0) >= 0) {
            problems.error(position(from), "'" + shown + "' must not hold a NUL character");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public OptionalInt number(String key, int least, int most) {
        Optional<ImmutableNode> child = child(key);
        if (child.isEmpty()) {
            return OptionalInt.empty();
        }
        if (child.get().getValue() instanceof Long value && value >= least && value <= most) {
            return OptionalInt.of(value.intValue());
        }
        problems.error(
                position(key), "'" + key + "' must be a number from " + least + " to " + most);
        return OptionalInt.empty();
    }

    /** A list of texts with a parser. */
    public <T> Optional<List<T>> list(String key, int most, Function<String, T> parser) {
        Optional<ImmutableNode> child = child(key);
        if (child.isEmpty()) {
            return Optional.empty();
        }
        if (!(child.get().getValue() instanceof List<?> values)
                || values.size() > most
                || !values.stream().allMatch(String.class::isInstance)) {
            problems.error(
                    position(key), "'" + key + "' must be a list of at most " + most + " texts");
            return Optional.empty();
        }
        try {
            return Optional.of(values.stream().map(String.class::cast).map(parser).toList());
        } catch (IllegalArgumentException e) {
            problems.error(position(key), "'" + key + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The elements of a list of texts and tables. */
    public List<ListItem> items(String key, int most) {
        List<ListItem> items = ListItem.all(node.getChildren(key), this::table, file);
        if (items.size() > most || !items.stream().allMatch(ListItem::isReadable)) {
            problems.error(
                    position(key),
                    "'" + key + "' must be a list of at most " + most + " texts and tables");
            return List.of();
        }
        return items;
    }

    private Section table(ImmutableNode of) {
        return new Section(of, file, problems);
    }

    /** A text, or a list of texts, with a parser. */
    public <T> Optional<List<T>> oneOrMore(String key, int most, Function<String, T> parser) {
        return hasText(key) ? parsed(key, parser).map(List::of) : list(key, most, parser);
    }

    public Optional<Boolean> flag(String key) {
        Optional<ImmutableNode> child = child(key);
        if (child.isEmpty()) {
            return Optional.empty();
        }
        if (child.get().getValue() instanceof Boolean value) {
            return Optional.of(value);
        }
        problems.error(position(key), "'" + key + "' must be true or false");
        return Optional.empty();
    }

    /** A text with a parser, whose message becomes the problem. */
    public <T> Optional<T> parsed(String key, Function<String, T> parser) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (IllegalArgumentException e) {
            problems.error(position(key), "'" + key + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    public Optional<Duration> duration(String key, Duration least, Duration most) {
        return parsed(
                key,
                text -> {
                    Duration value = DurationText.parse(text);
                    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                        throw new IllegalArgumentException(
                                "must lie between "
                                        + DurationText.of(least)
                                        + " and "
                                        + DurationText.of(most));
                    }
                    return value;
                });
    }

    public Optional<ByteSize> size(String key, ByteSize least, ByteSize most) {
        return parsed(
                key,
                text -> {
                    ByteSize value = ByteSize.parse(text);
                    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                        throw new IllegalArgumentException(
                                "must lie between " + least + " and " + most);
                    }
                    return value;
                });
    }

    /** A table of texts, with names exactly as written. */
    public SequencedMap<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        for (Section table : table(key).stream().toList()) {
            for (ImmutableNode entry : table.node.getChildren()) {
                String name = entry.getNodeName();
                if (name.indexOf(0) >= 0) {
                    problems.error(position(entry), "'" + key + "': a name holds a NUL character");
                    continue;
                }
                text(entry, key + "." + name).ifPresent(value -> texts.put(name, value));
            }
        }
        return texts;
    }

    /** Reports keys of other tables and unknown keys. */
    public void rejectUnknown(Collection<String> known, Collection<String> foreign, String why) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                problems.error(
                        position(key),
                        foreign.contains(key)
                                ? "'" + key + "' " + why
                                : RenamedKeys.message(key, known));
            }
        }
    }

    /** Reports unknown keys. */
    public void rejectUnknown(Collection<String> known, boolean lenient) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                String message = RenamedKeys.message(key, known);
                if (lenient) {
                    problems.warning(position(key), message);
                } else {
                    problems.error(position(key), message);
                }
            }
        }
    }
}
