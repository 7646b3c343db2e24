package dev.jetway.server.config;

import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.script.HandlersReader;
import dev.jetway.server.config.site.HostingKeys;
import dev.jetway.server.config.site.SiteFileKeys;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The JSON schemas of configuration files, for editors, generated from the keys. */
final class ConfigurationSchema {
    private static final String TIME = "^\\s*[0-9]{1,9}\\s*(ms|s|m|h|d)\\s*$";
    private static final String SIZE = "^\\s*[0-9]{1,18}\\s*(B|KiB|MiB|GiB)?\\s*$";

    private ConfigurationSchema() {}

    /** All schemas, as the texts of files by their names. */
    static Map<String, String> texts() {
        return Map.of(
                "jetway.schema.json", text(),
                "site.schema.json", site(),
                "plan.schema.json", plan("plans/NAME.toml", SiteFileKeys.PLAN_NAMES),
                "sites.d.schema.json", plan("sites.d/NAME.toml", SiteFileKeys.PROVIDER_NAMES));
    }

    private static ObjectNode root(String title) {
        return new ObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", title);
    }

    private static String site() {
        ObjectNode root = root("site.toml");
        ObjectNode tables = table(root);
        SiteFileKeys.TENANT.forEach(key -> add(tables, key, ""));
        SiteKeys.ALL.stream()
                .filter(key -> SiteFileKeys.TENANT_NAMES.contains(key.name() + KeysReader.LIMIT))
                .forEach(key -> add(tables, key, KeysReader.LIMIT).remove("default"));
        addLimits(tables);
        addRoutes(tables);
        addOthers(tables, SiteFileKeys.TENANT_NAMES);
        return root.text("") + "\n";
    }

    private static String plan(String title, Collection<String> names) {
        ObjectNode root = root(title);
        ObjectNode tables = table(root);
        SiteFileKeys.PROVIDER.stream()
                .filter(key -> names.contains(key.name()))
                .forEach(key -> add(tables, key, ""));
        SiteKeys.ALL.forEach(key -> add(tables, key, KeysReader.LIMIT));
        addLimits(tables);
        addCaps(tables);
        addOthers(tables, names);
        return root.text("") + "\n";
    }

    private static void addLimits(ObjectNode tables) {
        ObjectNode limits = tables.putObject(RouteSettings.LIMITS);
        LimitKeys.ALL.forEach(key -> add(table(limits), key, "").remove("default"));
    }

    private static String text() {
        ObjectNode root = root("jetway.toml");
        ObjectNode tables = table(root);
        HostingKeys.ALL.forEach(key -> add(tables, key, ""));
        addHandlers(tables);
        ObjectNode server = tables.putObject("server");
        ServerSettingsReader.SERVER_KEYS.forEach(key -> add(table(server), key, ""));
        ObjectNode limits = tables.putObject(RouteSettings.LIMITS);
        LimitKeys.ALL.forEach(key -> add(table(limits), key, ""));
        Http.LIMIT_KEYS.forEach(key -> add(table(limits), key, ""));
        addCaps(tables);
        tables.putObject(ErrorPagesReader.KEY).put("type", "object");
        addRoutes(tables);
        addSites(tables);
        return root.text("") + "\n";
    }

    private static void addHandlers(ObjectNode tables) {
        ObjectNode handler =
                tables.putObject(HandlersReader.TABLE)
                        .put("type", "object")
                        .putObject("additionalProperties");
        addOthers(table(handler), HandlersReader.KEYS);
    }

    private static void addCaps(ObjectNode tables) {
        ObjectNode caps = tables.putObject(RouteSettings.CAPS);
        LimitKeys.CAPPED.forEach(key -> add(table(caps), key, "").remove("default"));
    }

    private static void addRoutes(ObjectNode tables) {
        ObjectNode route = list(tables, RouteSyntax.NATIVE.table());
        LimitKeys.ALL.forEach(key -> add(table(route), key, KeysReader.LIMIT).remove("default"));
        addOthers(table(route), RouteSyntax.NATIVE.keys());
    }

    private static void addSites(ObjectNode tables) {
        ObjectNode site = list(tables, SitesReader.TABLE);
        SiteKeys.ALL.forEach(key -> add(table(site), key, KeysReader.LIMIT));
        addLimits(table(site));
        addCaps(table(site));
        addRoutes(table(site));
        addOthers(table(site), SitesReader.KEYS);
    }

    /** Keys without a description here. */
    private static void addOthers(ObjectNode properties, Collection<String> keys) {
        for (String key : new TreeSet<>(keys)) {
            if (!properties.has(key)) {
                properties.putObject(key);
            }
        }
    }

    /** The properties of a table, which has no others. */
    private static ObjectNode table(ObjectNode schema) {
        if (!schema.has("properties")) {
            schema.put("type", "object").put("additionalProperties", false);
        }
        return schema.child("properties");
    }

    private static ObjectNode list(ObjectNode tables, String key) {
        return tables.putObject(key).put("type", "array").putObject("items");
    }

    private static <V> ObjectNode add(ObjectNode properties, Key<V> key, String suffix) {
        ObjectNode schema = properties.putObject(key.name() + suffix);
        switch (key.kind()) {
            case Kind.Ranged<V> range -> addRange(schema, range);
            case Kind.Text<V> _ -> schema.put("type", "string");
            case Kind.Flag _ -> schema.put("type", "boolean");
            case Kind.OneOrMore list ->
                    schema.put("type", List.of("string", "array"))
                            .put("maxItems", list.most())
                            .putObject("items")
                            .put("type", "string");
            case Kind.TextList list ->
                    schema.put("type", "array")
                            .put("maxItems", list.most())
                            .putObject("items")
                            .put("type", "string");
        }
        schema.put("description", key.kind().range().replace("`", ""));
        addDefault(schema, key);
        return schema;
    }

    private static <V> void addRange(ObjectNode schema, Kind.Ranged<V> range) {
        switch (range.unit()) {
            case COUNT ->
                    schema.put("type", "integer")
                            .put("minimum", Integer.valueOf(range.text(range.least())))
                            .put("maximum", Integer.valueOf(range.text(range.most())));
            case TIME -> schema.put("type", "string").put("pattern", TIME);
            case SIZE -> schema.put("type", "string").put("pattern", SIZE);
        }
    }

    /** Omits a default that is described in words. */
    private static <V> void addDefault(ObjectNode schema, Key<V> key) {
        key.standard()
                .apply(1)
                .filter(value -> key.kind().text(value).equals(key.defaultText()))
                .ifPresent(value -> {
                    if (value instanceof Integer || value instanceof Boolean) {
                        schema.put("default", value);
                    } else {
                        schema.put("default", key.kind().text(value));
                    }
                });
    }

    /** An object of JSON: texts, numbers, truth values and objects. */
    private static final class ObjectNode {
        private final Map<String, Object> fields = new LinkedHashMap<>();

        ObjectNode put(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        ObjectNode putObject(String name) {
            var child = new ObjectNode();
            fields.put(name, child);
            return child;
        }

        ObjectNode child(String name) {
            return fields.get(name) instanceof ObjectNode child ? child : putObject(name);
        }

        boolean has(String name) {
            return fields.containsKey(name);
        }

        void remove(String name) {
            fields.remove(name);
        }

        String text(String indent) {
            String inner = indent + "  ";
            return fields.isEmpty()
                    ? "{}"
                    : fields.entrySet().stream()
                            .map(e ->
                                    inner + quoted(e.getKey()) + ": " + value(e.getValue(), inner))
                            .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }

        private static String value(Object value, String indent) {
            return switch (value) {
                case ObjectNode child -> child.text(indent);
                case String text -> quoted(text);
                case List<?> texts ->
                        texts.stream()
                                .map(text -> quoted(text.toString()))
                                .collect(Collectors.joining(", ", "[", "]"));
                case Object other -> other.toString();
            };
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
