package dev.jetway.server.config.table;

import dev.jetway.base.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * An element of a list: a text or a table. Neither if it cannot be read.
 *
 * @param position in the file
 */
public record ListItem(SourcePosition position, Optional<String> text, Optional<Section> table) {
    /**
     * The elements of a list.
     *
     * @param nodes of the key: one with a list, or one for each table
     */
    static List<ListItem> all(
            List<ImmutableNode> nodes, Function<ImmutableNode, Section> reader, String file) {
        var items = new ArrayList<ListItem>();
        for (ImmutableNode node : nodes) {
            if (node.getValue() instanceof List<?> values
                    && node.getAttributes().get(TomlFile.LINES) instanceof List<?> lines) {
                for (int i = 0; i < values.size(); i++) {
                    items.add(
                            values.get(i) instanceof ImmutableNode table
                                    ? of(reader.apply(table))
                                    : of(values.get(i), lines.get(i), file));
                }
            } else if (node.getAttributes().containsKey(TomlFile.ELEMENT)) {
                items.add(of(reader.apply(node)));
            } else {
                items.add(of("", 0, file).unreadable());
            }
        }
        return items;
    }

    private static ListItem of(Section table) {
        return new ListItem(table.position(), Optional.empty(), Optional.of(table));
    }

    private static ListItem of(Object value, Object line, String file) {
        return new ListItem(
                new SourcePosition(file, line instanceof Integer number ? number : 0),
                Optional.of(value)
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(text -> text.indexOf(0) < 0),
                Optional.empty());
    }

    private ListItem unreadable() {
        return new ListItem(position, Optional.empty(), Optional.empty());
    }

    boolean isReadable() {
        return text.isPresent() || table.isPresent();
    }
}
