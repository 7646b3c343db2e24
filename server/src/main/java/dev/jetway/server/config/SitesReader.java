package dev.jetway.server.config;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.route.RouteReader;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.site.Hosting;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tenants of a server: {@code [[site]]} of {@code jetway.toml}, each with its routes. */
final class SitesReader {
    static final String TABLE = "site";

    /** Maximum sites of a file. */
    static final int MAX_SITES = 20_000;

    static final Set<String> KEYS = keys();

    private final SearchPath search;
    private final ServerSettings server;
    private final Problems problems;
    private final Map<String, SourcePosition> names = new HashMap<>();
    private final Map<String, SourcePosition> hosts = new HashMap<>();

    SitesReader(SearchPath search, ServerSettings server, Problems problems) {
        this.search = search;
        this.server = server;
        this.problems = problems;
    }

    private static Set<String> keys() {
        var keys =
                new HashSet<>(
                        Set.of(
                                "name",
                                "hosts",
                                RouteSettings.LIMITS,
                                RouteSettings.CAPS,
                                ErrorPagesReader.KEY,
                                RouteSyntax.NATIVE.table()));
        keys.addAll(KeysReader.limitNames(SiteKeys.ALL));
        keys.addAll(KeysReader.names(SiteKeys.HTTPS));
        return Set.copyOf(keys);
    }

    /** Names and hosts of the sites read so far. */
    Hosting.Taken taken() {
        return new Hosting.Taken(names, hosts);
    }

    /** The routes of all sites, in the order of the file. */
    List<Route> readAll(Section top) {
        List<Section> tables = top.tables(TABLE);
        if (tables.size() > MAX_SITES) {
            problems.error(tables.get(MAX_SITES).position(), "more than " + MAX_SITES + " sites");
            return List.of();
        }
        var routes = new ArrayList<Route>();
        tables.forEach(table -> routes.addAll(read(table)));
        return routes;
    }

    private List<Route> read(Section table) {
        table.rejectUnknown(KEYS, false);
        Optional<String> name = required(table, "name", table.parsed("name", Site::name));
        Optional<List<String>> own =
                required(table, "hosts", table.list("hosts", Site.MAX_HOSTS, Site::host));
        name.ifPresent(n -> claim(table, "name", n, names));
        own.ifPresent(list -> list.forEach(host -> claim(table, "hosts", host, hosts)));
        KeyValues limits =
                LimitKeys.read(
                        KeysReader.ofLimits(table, problems),
                        SiteKeys.ALL,
                        SiteKeys.DEFAULTS,
                        KeyValues.NONE);
        ErrorPages pages =
                new ErrorPagesReader(search, problems).read(table).over(server.http().errorPages());
        var site =
                new Site(
                        name.orElse("?"),
                        own.orElse(List.of()),
                        SiteKeys.share(limits),
                        limits.get(SiteKeys.MEMORY),
                        SiteKeys.volumes(limits),
                        pages,
                        SiteKeys.https(
                                KeysReader.ofTable(table, problems)
                                        .read(
                                                SiteKeys.HTTPS,
                                                KeyValues.defaults(SiteKeys.HTTPS, 1),
                                                KeyValues.NONE)));
        var defaults =
                new RouteDefaults(
                        site,
                        server.routes().read(table, List.of(), server.routes().caps(), problems),
                        pages);
        return new RouteReader(RouteSyntax.NATIVE, search, defaults, problems).readAll(table);
    }

    private <T> Optional<T> required(Section table, String key, Optional<T> value) {
        if (!table.keys().contains(key)) {
            problems.error(table.position(), "this [[" + TABLE + "]] needs '" + key + "'");
        }
        return value;
    }

    private void claim(
            Section table, String key, String value, Map<String, SourcePosition> claimed) {
        SourcePosition other = claimed.putIfAbsent(value, table.position());
        if (other != null) {
            problems.error(
                    table.position(key),
                    "'" + key + "': '" + value + "' belongs to the site at " + other);
        }
    }
}
