package dev.jetway.server.config;

import dev.jetway.cgi.SourcePosition;
import dev.jetway.unit.ByteSize;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** One table of a file, read key by key; what cannot be read becomes a problem. */
final class Section {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private final ImmutableNode node;
    private final String file;
    private final Problems problems;

    Section(ImmutableNode node, String file, Problems problems) {
        this.node = node;
        this.file = file;
        this.problems = problems;
    }

    SourcePosition position() {
        return position(node);
    }

    /** Where a key was written, or the table if it was not. */
    SourcePosition position(String key) {
        return child(key).map(this::position).orElseGet(this::position);
    }

    private SourcePosition position(ImmutableNode of) {
        Object line = of.getAttributes().get(TomlFile.LINE);
        return new SourcePosition(file, line instanceof Integer number ? number : 0);
    }

    private Optional<ImmutableNode> child(String key) {
        return node.getChildren(key).stream().findFirst();
    }

    List<String> keys() {
        return node.getChildren().stream().map(ImmutableNode::getNodeName).distinct().toList();
    }

    /** The tables of that name: {@code [key]} or {@code [[key]]}. */
    List<Section> sections(String key) {
        return node.getChildren(key).stream()
                .filter(n -> n.getAttributes().containsKey(TomlFile.TABLE))
                .map(n -> new Section(n, file, problems))
                .toList();
    }

    Optional<String> text(String key) {
        Optional<ImmutableNode> child = child(key);
        if (child.isEmpty()) {
            return Optional.empty();
        }
        if (child.get().getValue() instanceof String text) {
            return Optional.of(text);
        }
        problems.error(position(key), "'" + key + "' must be a text in quotes");
        return Optional.empty();
    }

    OptionalInt number(String key, int least, int most) {
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

    /** A text that a parser understands; its message becomes the problem. */
    <T> Optional<T> parsed(String key, Function<String, T> parser) {
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

    Optional<Duration> duration(String key, Duration least, Duration most) {
        return parsed(
                key,
                text -> {
                    Duration value = duration(text);
                    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                        throw new IllegalArgumentException(
                                "must lie between " + shown(least) + " and " + shown(most));
                    }
                    return value;
                });
    }

    Optional<ByteSize> size(String key, ByteSize least, ByteSize most) {
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

    /** A table of texts: names exactly as written. */
    SequencedMap<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        Optional<ImmutableNode> table = child(key);
        if (table.isEmpty()) {
            return texts;
        }
        if (!table.get().getAttributes().containsKey(TomlFile.TABLE)) {
            problems.error(position(key), "'" + key + "' must be a table: { name = \"value\" }");
            return texts;
        }
        for (ImmutableNode entry : table.get().getChildren()) {
            if (entry.getValue() instanceof String value) {
                texts.put(entry.getNodeName(), value);
            } else {
                problems.error(
                        position(entry),
                        "'" + key + "." + entry.getNodeName() + "' must be a text in quotes");
            }
        }
        return texts;
    }

    /** Reports keys that nobody reads. */
    void rejectUnknown(Collection<String> known, boolean lenient) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                String message = "unknown key '" + key + "'" + Suggestion.of(key, known);
                if (lenient) {
                    problems.warning(position(key), message);
                } else {
                    problems.error(position(key), message);
                }
            }
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time: write a number and ms, s, m or h");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static String shown(Duration duration) {
        long millis = duration.toMillis();
        return millis % 3_600_000 == 0 && millis > 0
                ? millis / 3_600_000 + "h"
                : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
