package dev.jetway.cgi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All routes, found by path: an exact route first, then the longest prefix. Immutable; safe to
 * share between threads.
 */
public final class RouteTable {
    private final Map<String, ServedRoute> exact = new HashMap<>();
    private final Map<String, ServedRoute> prefixes = new HashMap<>();

    /** A table of these routes; of two with one pattern the first wins. */
    public RouteTable(List<ServedRoute> routes) {
        for (ServedRoute served : routes) {
            RoutePattern pattern = served.route().pattern();
            (pattern.isPrefix() ? prefixes : exact).putIfAbsent(pattern.path(), served);
        }
    }

    /**
     * The route of a raw path. Costs one look-up for each slash of the path, whatever the number of
     * routes.
     */
    public Optional<RouteMatch> find(String path) {
        ServedRoute served = exact.get(path);
        if (served != null) {
            return Optional.of(new RouteMatch(served, path, ""));
        }
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            String prefix = path.substring(0, end);
            served = prefixes.get(prefix);
            if (served != null) {
                return Optional.of(new RouteMatch(served, prefix, path.substring(end)));
            }
            if (end == 0) {
                break;
            }
        }
        return Optional.empty();
    }
}
