package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.file.FileModes;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.ModulesReader;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.script.HandlersReader;
import dev.jetway.server.config.site.HostingKeys;
import dev.jetway.server.config.site.SiteFileKeys;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeysReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md and conf/jetway.toml say what the readers do. */
final class ConfigurationDocumentTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_-]+)` \\| (`([^`]*)`)?.*");

    @Test
    void document_everyKey_hasALineAndNoOther() throws IOException {
        String text = Files.readString(PROJECT.resolve("docs/configuration.md"));

        assertThat(keys(part(text, "### `[server]`")))
                .containsExactlyInAnyOrderElementsOf(
                        KeysReader.names(ServerSettingsReader.SERVER_KEYS));
        assertThat(keys(part(text, "### `[limits]`")))
                .containsExactlyInAnyOrderElementsOf(KeysReader.names(limits()));
        assertThat(keys(part(text, "### `[[site]]`")))
                .containsExactlyInAnyOrderElementsOf(SitesReader.KEYS);
        assertThat(part(text, "### `[caps]`").get(1))
                .contains(LimitKeys.CAPPED.stream().map(k -> "`" + k.name() + "`").toList());
        assertThat(keys(part(text, "## `modules.toml`")))
                .containsExactlyInAnyOrderElementsOf(RouteSyntax.WAGI.keys());
        assertThat(keys(part(text, "### Sites that are folders")))
                .containsExactlyInAnyOrderElementsOf(KeysReader.names(HostingKeys.ALL));
        assertThat(keys(part(text, "### `[handler.NAME]`")))
                .containsExactlyInAnyOrderElementsOf(HandlersReader.KEYS);
        assertThat(keys(part(text, "## `plans/NAME.toml`")))
                .containsExactlyInAnyOrderElementsOf(SiteFileKeys.PLAN_NAMES);
        assertThat(keys(part(text, "## `sites.d/NAME.toml`")))
                .containsExactlyInAnyOrderElementsOf(KeysReader.names(SiteFileKeys.PROVIDER));
        assertThat(keys(part(text, "## `site.toml`")))
                .containsExactlyInAnyOrderElementsOf(SiteFileKeys.TENANT_NAMES);
        assertThat(text).contains("`default_host`", "`defaultHost`");
        assertThat(ModulesReader.TOP_KEYS).hasSize(3);
    }

    @Test
    void document_defaultsAndRanges_equalTheKeys() throws IOException {
        String text = Files.readString(PROJECT.resolve("docs/configuration.md"));

        assertThat(cells(text, "### `[server]`"))
                .containsAllEntriesOf(described(ServerSettingsReader.SERVER_KEYS, ""));
        assertThat(cells(text, "### `[limits]`")).containsAllEntriesOf(described(limits(), ""));
        assertThat(cells(text, "### `[[site]]`"))
                .containsAllEntriesOf(described(SiteKeys.ALL, KeysReader.LIMIT));
        assertThat(cells(text, "### Sites that are folders"))
                .containsAllEntriesOf(described(HostingKeys.ALL, ""));
        assertThat(cells(text, "## `sites.d/NAME.toml`"))
                .containsAllEntriesOf(described(SiteFileKeys.PROVIDER, ""));
        assertThat(cells(text, "## `site.toml`"))
                .containsAllEntriesOf(described(SiteFileKeys.TENANT, ""));
    }

    @Test
    void schema_files_areGeneratedFromTheKeys() throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        Map<String, String> schemas = ConfigurationSchema.texts();
        for (Map.Entry<String, String> schema : schemas.entrySet()) {
            Files.writeString(target.resolve(schema.getKey()), schema.getValue());
        }
        schemas.forEach((name, text) ->
                assertThat(PROJECT.resolve("docs").resolve(name))
                        .as("made from the keys: copy server/target/%s to docs", name)
                        .hasContent(text));
    }

    /** The files of a site name all its keys and no other. */
    @Test
    void schemas_ofSites_haveTheNamesThatAreRead() {
        Map<String, Set<String>> names =
                Map.of(
                        "site.schema.json", SiteFileKeys.TENANT_NAMES,
                        "plan.schema.json", SiteFileKeys.PLAN_NAMES,
                        "sites.d.schema.json", SiteFileKeys.PROVIDER_NAMES);
        names.forEach((file, keys) -> {
            String schema = Objects.requireNonNull(ConfigurationSchema.texts().get(file));
            assertThat(schema.lines().filter(line -> line.matches(" {4}\"[a-z0-9-]+\": \\{.*")))
                    .extracting(line -> line.replaceAll("[ \":{},]", ""))
                    .containsExactlyInAnyOrderElementsOf(keys);
        });
    }

    @Test
    void document_defaults_equalTheReaders(@TempDir Path folder) throws Exception {
        String text = Files.readString(PROJECT.resolve("docs/configuration.md"));
        String settings =
                "[server]\n"
                        + assignments(part(text, "### `[server]`"))
                        + "[limits]\n"
                        + assignments(part(text, "### `[limits]`"));
        // A key whose default is in words has no value in the table.
        settings = settings.replaceAll("(?m)^module-cache.*\n", "");

        assertThat(settings)
                .contains("listen = ", "shutdown-timeout = ", "time = ", "response-head = ");
        assertThat(read(folder, settings)).isEqualTo(ServerSettingsReader.defaults(2));
    }

    @Test
    void sample_settings_areTheDefaults(@TempDir Path folder) throws Exception {
        String settings = Files.readString(PROJECT.resolve("conf/jetway.toml"));

        assertThat(read(folder, settings)).isEqualTo(ServerSettingsReader.defaults(2));
    }

    @Test
    void sample_conf_isReadWithoutAProblem() throws Exception {
        assertThat(new ConfigurationReader(PROJECT, 2).read(Path.of("conf")).warnings()).isEmpty();
    }

    @Test
    void sample_deploy_isReadWithoutAProblem(@TempDir Path folder) throws Exception {
        Path sites = Files.createDirectory(folder.resolve("sites"));
        Files.writeString(
                folder.resolve("jetway.toml"),
                Files.readString(PROJECT.resolve("deploy/jetway.toml"))
                        .replace("/srv/sites", sites.toString()));

        Configuration read = new ConfigurationReader(folder, 2).read(folder);

        assertThat(read.warnings()).isEmpty();
        assertThat(read.server().files().refusesOthers()).isTrue();
        assertThat(read.server().files().modes()).contains(new FileModes(0660, 0770));
    }

    private static List<Key<?>> limits() {
        return Stream.concat(LimitKeys.ALL.stream(), Http.LIMIT_KEYS.stream()).toList();
    }

    /** Default and range of each key of a table, without the marks of code. */
    private static Map<String, String> cells(String text, String heading) {
        var cells = new HashMap<String, String>();
        for (String line : part(text, heading)) {
            String[] row = line.replace("`", "").split(" \\| |^\\| | \\|$", -1);
            if (ROW.matcher(line).matches()) {
                cells.put(row[1], row[2] + " | " + row[3]);
            }
        }
        return cells;
    }

    private static Map<String, String> described(List<Key<?>> keys, String suffix) {
        return keys.stream()
                .collect(
                        Collectors.toMap(
                                key -> key.name() + suffix,
                                key ->
                                        (key.defaultText() + " | " + key.kind().range())
                                                .replace("`", "")));
    }

    private static ServerSettings read(Path folder, String settings) throws Exception {
        Files.writeString(folder.resolve("jetway.toml"), settings);
        Files.writeString(
                folder.resolve("modules.toml"), "[[module]]\nroute = '/'\nmodule = 'a'\n");
        return new ConfigurationReader(folder, 2).read(folder).server();
    }

    private static List<String> part(String text, String heading) {
        return text.substring(text.indexOf(heading))
                .lines()
                .skip(1)
                .takeWhile(l -> !l.startsWith("#"))
                .toList();
    }

    private static Set<String> keys(List<String> lines) {
        var keys = new TreeSet<String>();
        for (String line : lines) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                keys.add(row.group(1));
            }
        }
        return keys;
    }

    /** The rows with a value as default. */
    private static String assignments(List<String> lines) {
        var text = new StringBuilder();
        for (String line : lines) {
            var row = ROW.matcher(line);
            if (row.matches() && row.group(3) != null) {
                String value = row.group(3);
                boolean bare = value.matches("[0-9]+|true|false");
                text.append(row.group(1)).append(" = ");
                text.append(bare ? value : '"' + value + '"').append('\n');
            }
        }
        return text.toString();
    }
}
