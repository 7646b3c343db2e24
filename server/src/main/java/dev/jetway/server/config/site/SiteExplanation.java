package dev.jetway.server.config.site;

import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists the effective value of each key of a site, with its source. Used by one thread. */
final class SiteExplanation {
    private static final String DEFAULT = "default";

    private final List<Section> layers;
    private final List<EffectiveValue> values = new ArrayList<>();

    /**
     * An explanation.
     *
     * @param layers the files about the site, the last one winning
     */
    SiteExplanation(List<Section> layers) {
        this.layers = List.copyOf(layers);
    }

    /** All keys: the provider's for the site, the tenant's, then limits and caps. */
    List<EffectiveValue> of(ProviderSite provider, TenantSettings tenant) {
        provider.plan().ifPresent(plan -> add(SiteFileKeys.PLAN.name(), plan));
        add(SiteFileKeys.SUSPENDED.name(), Boolean.toString(provider.suspended()));
        SiteFileKeys.TENANT.forEach(key -> add("", key, "", tenant.keys()));
        SiteKeys.ALL.forEach(key -> add("", key, KeysReader.LIMIT, tenant.values().limits()));
        RouteSettings routes = tenant.values().routes();
        LimitKeys.ALL.forEach(key -> add(RouteSettings.LIMITS, key, "", routes.limits()));
        LimitKeys.CAPPED.forEach(key -> add(RouteSettings.CAPS, key, "", routes.caps()));
        add(SiteFileKeys.PHP, tenant.values().php());
        add(SiteFileKeys.PHP_ADMIN, tenant.values().phpAdmin());
        add(SiteFileKeys.HANDLERS, tenant.values().handlers());
        return List.copyOf(values);
    }

    private void add(String table, Map<String, String> entries) {
        entries.forEach((name, value) ->
                values.add(new EffectiveValue(table + "." + name, value, inTable(table, name))));
    }

    private <V> void add(String table, Key<V> key, String suffix, KeyValues from) {
        String name = key.name() + suffix;
        from.find(key)
                .ifPresent(value -> {
                    String text = key.kind().text(value);
                    if (table.isEmpty()) {
                        add(name, text);
                    } else {
                        values.add(
                                new EffectiveValue(table + "." + name, text, inTable(table, name)));
                    }
                });
    }

    private void add(String name, String value) {
        values.add(
                new EffectiveValue(
                        name,
                        value,
                        layers.reversed().stream()
                                .filter(layer -> layer.keys().contains(name))
                                .findFirst()
                                .map(layer -> layer.position(name).toString())
                                .orElse(DEFAULT)));
    }

    private String inTable(String table, String name) {
        return layers.reversed().stream()
                .map(layer ->
                        layer.keys().contains(table)
                                ? layer.table(table)
                                : Optional.<Section>empty())
                .flatMap(Optional::stream)
                .filter(inner -> inner.keys().contains(name))
                .findFirst()
                .map(inner -> inner.position(name).toString())
                .orElse(DEFAULT);
    }
}
