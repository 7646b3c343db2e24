package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every range of the document: its ends are accepted, and nothing beyond them. */
final class DocumentedRangesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final String NUMBER = "(\\d+)(B|KiB|MiB|GiB|ms|s|m|h|d)?";
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\|.*");
    private static final Pattern RANGE =
            Pattern.compile("\\| " + NUMBER + " to " + NUMBER + " \\|");
    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    @TempDir private Path folder;

    /** Text before a line with the key, by the heading of its table. */
    private static final Map<String, String> TABLES =
            Map.of(
                    "### `[server]`", "[server]\n",
                    "### `[limits]`", "[limits]\nrate = \"1/s\"\n",
                    "### `[[site]]`",
                            """
                            [[site]]
                            name = "a"
                            hosts = ["a.example"]
                            rate-limit = "1/s"
                            """);

    /**
     * A range.
     *
     * @param unit suffix of a number in the file, empty for a plain number
     */
    record Range(String table, String key, long least, long most, String unit) {
        String value(long number) {
            return unit.isEmpty() ? Long.toString(number) : "\"" + number + unit + "\"";
        }
    }

    static List<Range> ranges() throws IOException {
        var ranges = new ArrayList<Range>();
        String table = "";
        for (String line : Files.readAllLines(DOCUMENT)) {
            table = line.startsWith("#") ? line : table;
            Matcher row = ROW.matcher(line);
            Matcher range = RANGE.matcher(line.replace("`", ""));
            if (TABLES.containsKey(table) && row.matches() && range.find()) {
                ranges.add(range(table, row.group(1), range));
            }
        }
        return ranges;
    }

    private static Range range(String table, String key, Matcher found) {
        String unit = found.group(4) == null ? "" : found.group(4);
        String leastUnit = found.group(2) == null ? unit : found.group(2);
        String base = BYTES.containsKey(unit) ? "B" : unit.isEmpty() ? "" : "ms";
        return new Range(
                table,
                key,
                Long.parseLong(found.group(1)) * factor(leastUnit),
                Long.parseLong(found.group(3)) * factor(unit),
                base);
    }

    private static long factor(String unit) {
        return unit.isEmpty() ? 1 : BYTES.getOrDefault(unit, MILLIS.getOrDefault(unit, 0L));
    }

    private void read(Range range, long number) throws Exception {
        String text = TABLES.get(range.table()) + range.key() + " = " + range.value(number) + "\n";
        String route = "[[site.route]]\npath = \"/\"\nmodule = \"a.wasm\"\n";
        boolean site = range.table().contains("site");
        Files.writeString(folder.resolve("jetway.toml"), text + (site ? route : ""));
        Files.writeString(
                folder.resolve("modules.toml"), "[[module]]\nroute = '/'\nmodule = 'a'\n");
        new ConfigurationReader(folder, 2).read(folder);
    }

    static Stream<Range> eachRange() throws IOException {
        return ranges().stream();
    }

    @ParameterizedTest
    @MethodSource("eachRange")
    void bothEndsAreAcceptedAndNothingBeyondThem(Range range) throws Exception {
        read(range, range.least());
        read(range, range.most());

        assertThatThrownBy(() -> read(range, range.least() - 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'" + range.key() + "'");
        assertThatThrownBy(() -> read(range, range.most() + 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'" + range.key() + "'");
    }

    @Test
    void theDocumentNamesRangesOfAllThreeTables() throws Exception {
        assertThat(ranges()).hasSizeGreaterThan(30);
        assertThat(ranges()).extracting(Range::table).containsAll(TABLES.keySet());
        assertThat(ranges())
                .extracting(Range::key)
                .contains("idle-timeout", "compile-wait", "module-memory", "client-wait")
                .contains("volume-bytes-limit", "volume-files-limit", "compile-threads");
    }
}
