package dev.jetway.route;

import dev.jetway.base.HostPort;
import dev.jetway.failure.ErrorPages;
import dev.jetway.http.RequestTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All sites, found by the host of a request: an exact name first, then the longest {@code *.}
 * pattern, then the site of {@link Site#ANY_HOST}, else the site without hosts. Sites of users
 * ({@link Site#prefix()}) answer below their prefix on hosts of other sites. Immutable; safe to
 * share between threads.
 */
public final class SiteTable<T extends Routed> {
    private final Map<String, RouteTable<T>> byHost = new HashMap<>();
    private final IdentityHashMap<RouteTable<T>, Site> sites = new IdentityHashMap<>();
    private final RouteTable<T> others;
    private final ErrorPages errorPages;

    /**
     * A table of routes and their sites; of two sites with the same host the first wins.
     *
     * @param errorPages replacements of error pages for hosts that no site answers
     */
    public SiteTable(List<T> routes, ErrorPages errorPages) {
        this.errorPages = errorPages;
        var bySite = new LinkedHashMap<Site, List<T>>();
        for (T served : routes) {
            bySite.computeIfAbsent(served.route().site(), _ -> new ArrayList<>()).add(served);
        }
        var ofUsers = new LinkedHashMap<String, List<T>>();
        bySite.forEach((site, own) -> {
            if (!site.prefix().isEmpty()) {
                site.hosts()
                        .forEach(host ->
                                ofUsers.computeIfAbsent(host, _ -> new ArrayList<>()).addAll(own));
                return;
            }
            var table = new RouteTable<>(own);
            if (!site.equals(Site.DEFAULT)) {
                sites.put(table, site);
            }
            site.hosts().forEach(host -> byHost.putIfAbsent(host, table));
        });
        RouteTable<T> any = byHost.get(Site.ANY_HOST);
        RouteTable<T> rest =
                any == null ? new RouteTable<>(bySite.getOrDefault(Site.DEFAULT, List.of())) : any;
        var merged = new HashMap<String, RouteTable<T>>();
        ofUsers.forEach((host, own) -> merged.put(host, addUsers(table(host, rest), own)));
        byHost.putAll(merged);
        this.others = merged.getOrDefault(Site.ANY_HOST, rest);
    }

    /** A site's table with the routes of users on its host. */
    private RouteTable<T> addUsers(RouteTable<T> table, List<T> users) {
        RouteTable<T> all = table.with(users);
        Site site = sites.get(table);
        if (site != null) {
            sites.put(all, site);
        }
        return all;
    }

    /**
     * The route of a request.
     *
     * @param authority its host with an optional port
     * @param target its path and query
     */
    public Optional<Found<T>> find(Optional<String> authority, RequestTarget target) {
        return table(authority).find(target);
    }

    /** Replacements of error pages of a host's site where no route matches. */
    public ErrorPages errorPages(Optional<String> authority) {
        Site site = sites.get(table(authority));
        return site == null ? errorPages : site.errorPages();
    }

    private RouteTable<T> table(Optional<String> authority) {
        return byHost.isEmpty()
                ? others
                : authority.map(name -> table(host(name), others)).orElse(others);
    }

    /**
     * The table of a host. Takes one look-up for each label of the name, whatever the number of
     * sites.
     */
    private RouteTable<T> table(String host, RouteTable<T> rest) {
        RouteTable<T> table = byHost.get(host);
        for (int dot = host.indexOf('.'); table == null && dot >= 0; ) {
            table = byHost.get("*" + host.substring(dot));
            dot = host.indexOf('.', dot + 1);
        }
        return table == null ? rest : table;
    }

    /** The host in lower case, without the port and the dot of the root. */
    private static String host(String authority) {
        String lower = HostPort.host(authority).toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
