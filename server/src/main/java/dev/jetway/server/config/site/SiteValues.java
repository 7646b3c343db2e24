package dev.jetway.server.config.site;

import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.script.HandlerSettings;
import dev.jetway.server.config.script.PhpValues;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of a site from all layers: the server, a plan, the provider's file of the site, the
 * site's own. Immutable.
 *
 * @param limits of the whole site
 * @param routes limits and caps of its routes
 * @param php values for PHP that scripts may change
 * @param phpAdmin values for PHP that only the provider may change
 * @param handlers the handler of each extension of scripts
 */
record SiteValues(
        KeyValues limits,
        RouteSettings routes,
        SequencedMap<String, String> php,
        SequencedMap<String, String> phpAdmin,
        Map<String, String> handlers) {
    SiteValues {
        php = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(php));
        phpAdmin = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(phpAdmin));
        handlers = Map.copyOf(handlers);
    }

    /** The values of a site without files. */
    static SiteValues of(Hosting hosting) {
        return new SiteValues(
                SiteKeys.DEFAULTS,
                hosting.routes(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Map.of());
    }

    /** These values overridden by a file of the provider, within the caps of the server. */
    SiteValues provided(Section section, Hosting hosting, Problems problems) {
        return new SiteValues(
                LimitKeys.read(
                        KeysReader.ofLimits(section, problems),
                        SiteKeys.ALL,
                        limits,
                        KeyValues.NONE),
                routes.read(section, List.of(), hosting.routes().caps(), problems),
                PhpValues.read(section, SiteFileKeys.PHP, php, Set.of(), problems),
                PhpValues.read(section, SiteFileKeys.PHP_ADMIN, phpAdmin, Set.of(), problems),
                handlers(section, hosting.handlers(), problems));
    }

    /** These values overridden by the tenant's file, which may only lower limits. */
    SiteValues lowered(Section section, Hosting hosting, Problems problems) {
        return new SiteValues(
                KeysReader.ofLimits(section, problems)
                        .read(SiteFileKeys.TENANT_LIMITS, limits, limits),
                routes.read(section, List.of(), routes.caps(), problems),
                PhpValues.read(section, SiteFileKeys.PHP, php, phpAdmin.keySet(), problems),
                phpAdmin,
                handlers(section, hosting.handlers(), problems));
    }

    private Map<String, String> handlers(
            Section section, List<HandlerSettings> offered, Problems problems) {
        var chosen = new LinkedHashMap<>(handlers);
        section.texts(SiteFileKeys.HANDLERS)
                .forEach((extension, name) -> {
                    List<HandlerSettings> fitting =
                            offered.stream()
                                    .filter(h -> h.extensions().contains(extension))
                                    .toList();
                    if (fitting.stream().noneMatch(h -> h.name().equals(name))) {
                        problems.error(
                                section.position(SiteFileKeys.HANDLERS, extension),
                                "'handlers.%s': no handler '%s' runs .%s (known here: %s)"
                                        .formatted(extension, name, extension, names(fitting)));
                    }
                    chosen.put(extension, name);
                });
        return chosen;
    }

    private static String names(List<HandlerSettings> handlers) {
        return handlers.isEmpty()
                ? "none"
                : handlers.stream().map(HandlerSettings::name).collect(Collectors.joining(", "));
    }
}
