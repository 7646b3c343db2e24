package dev.jetway.server.config.table;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.SourcePosition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML file as a tree of Commons Configuration nodes. A node's value is a string, number, boolean
 * or list; its attribute {@link #LINE} has its position. Keys become node names unchanged, so that
 * dots in them have no meaning, and values are never interpolated.
 */
public final class TomlFile {
    /** Attribute: the line, from 1. */
    public static final String LINE = "line";

    /** Attribute: present on tables. */
    public static final String TABLE = "table";

    /** Attribute: present on tables that are elements of an array, {@code [[key]]}. */
    public static final String ELEMENT = "element";

    /** Attribute of a list: the lines of its elements. */
    static final String LINES = "lines";

    /** Maximum bytes of a file. */
    public static final int MAX_BYTES = 4 << 20;

    private final String name;
    private final Problems problems;

    private TomlFile(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /** The root node, or empty with the reason among the problems. */
    public static Optional<ImmutableNode> read(Path file, String name, Problems problems) {
        return read(limit -> BoundedFile.text(file, limit), name, problems);
    }

    /** Reads a file up to a bound. */
    @FunctionalInterface
    public interface Text {
        /** The text; empty if it has more bytes than the limit. */
        Optional<String> read(int limit) throws IOException;
    }

    /** The root node of a file that is opened by the caller. */
    public static Optional<ImmutableNode> read(Text file, String name, Problems problems) {
        return new TomlFile(name, problems).read(file);
    }

    private Optional<ImmutableNode> read(Text file) {
        var whole = new SourcePosition(name, 0);
        try {
            Optional<String> text = text(file);
            if (text.isEmpty()) {
                problems.error(whole, "is larger than " + MAX_BYTES + " bytes");
                return Optional.empty();
            }
            TomlParseResult toml = Toml.parse(text.get());
            toml.errors()
                    .forEach(e ->
                            problems.error(
                                    new SourcePosition(name, e.position().line()),
                                    "not valid TOML, column "
                                            + e.position().column()
                                            + ": "
                                            + e.getMessage()));
            if (toml.hasErrors()) {
                return Optional.empty();
            }
            var configuration = new BaseHierarchicalConfiguration();
            // Otherwise ${env:HOME} in a tenant's file would be replaced.
            configuration.setInterpolator(null);
            configuration.getNodeModel().setRootNode(table("", toml, 1).create());
            return Optional.of(configuration.getNodeModel().getNodeHandler().getRootNode());
        } catch (CharacterCodingException e) {
            problems.error(whole, "is not UTF-8 text");
            return Optional.empty();
        } catch (IOException e) {
            problems.error(whole, "cannot be read: check that the server may read it");
            return Optional.empty();
        }
    }

    /** The text without a byte order mark; empty if it is too large. */
    private static Optional<String> text(Text file) throws IOException {
        return file.read(MAX_BYTES)
                .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static ImmutableNode.Builder table(String key, TomlTable table, int line) {
        var node = new ImmutableNode.Builder().name(key).addAttribute(LINE, line);
        node.addAttribute(TABLE, true);
        for (String child : table.keySet()) {
            TomlPosition position = table.inputPositionOf(List.of(child));
            int at = position == null ? line : position.line();
            Object value = table.get(List.of(child));
            if (value instanceof TomlArray array && isTables(array)) {
                for (int i = 0; i < array.size(); i++) {
                    TomlPosition of = array.inputPositionOf(i);
                    var element = table(child, array.getTable(i), of == null ? at : of.line());
                    node.addChild(element.addAttribute(ELEMENT, true).create());
                }
            } else if (value instanceof TomlTable inner) {
                node.addChild(table(child, inner, at).create());
            } else if (value != null) {
                node.addChild(leaf(child, value, at));
            }
        }
        return node;
    }

    private static ImmutableNode leaf(String key, Object value, int line) {
        var node = new ImmutableNode.Builder().name(key).addAttribute(LINE, line);
        if (!(value instanceof TomlArray array)) {
            return node.value(value).create();
        }
        var values = new ArrayList<Object>();
        var lines = new ArrayList<Integer>();
        for (int i = 0; i < array.size(); i++) {
            TomlPosition position = array.inputPositionOf(i);
            int at = position == null ? line : position.line();
            lines.add(at);
            values.add(
                    array.get(i) instanceof TomlTable inner
                            ? table(key, inner, at).create()
                            : array.get(i));
        }
        return node.value(values).addAttribute(LINES, lines).create();
    }

    private static boolean isTables(TomlArray array) {
        return !array.isEmpty() && array.toList().stream().allMatch(TomlTable.class::isInstance);
    }
}
