package dev.jetway.route;

import dev.jetway.http.PathText;
import dev.jetway.http.RequestTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All routes, found by path: an exact route first, then the longest prefix. Immutable; safe to
 * share between threads.
 */
public final class RouteTable<T extends Routed> {
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> prefixes = new HashMap<>();

    /** A table of routes; of two with equal patterns the first wins. */
    public RouteTable(List<T> routes) {
        for (T served : routes) {
            RoutePattern pattern = served.route().pattern();
            (pattern.isPrefix() ? prefixes : exact).putIfAbsent(pattern.path(), served);
        }
    }

    /** This table with more routes; of two with equal patterns the one here wins. */
    RouteTable<T> with(List<T> more) {
        var all = new RouteTable<T>(more);
        all.exact.putAll(exact);
        all.prefixes.putAll(prefixes);
        return all;
    }

    /**
     * The route of a request. If the route reads encoded slashes as slashes, the path is looked up
     * again with them decoded, and the route must be the one that a client with plain slashes would
     * get: otherwise encoding could evade another route's rules.
     */
    public Optional<Found<T>> find(RequestTarget target) {
        Optional<Found<T>> found = find(target.path());
        return found.isPresent() && PathText.hasEncodedSlash(target.path()) && decodes(found.get())
                ? target.pathWithSlashesDecoded().flatMap(this::find)
                : found;
    }

    private boolean decodes(Found<T> found) {
        return found.match().route().action().encodedSlashes() == EncodedSlashes.DECODE;
    }

    /**
     * The route of a canonical path. Takes one look-up for each slash of the path, whatever the
     * number of routes.
     */
    public Optional<Found<T>> find(String path) {
        T served = exact.get(path);
        if (served != null) {
            return Optional.of(found(served, path, ""));
        }
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            String prefix = path.substring(0, end);
            served = prefixes.get(prefix);
            if (served != null) {
                return Optional.of(found(served, prefix, path.substring(end)));
            }
            if (end == 0) {
                break;
            }
        }
        return Optional.empty();
    }

    private Found<T> found(T target, String scriptPath, String pathInfo) {
        return new Found<>(target, new RouteMatch(target.route(), scriptPath, pathInfo));
    }
}
