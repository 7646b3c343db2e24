package dev.jetway.route;

import dev.jetway.http.PathText;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.spin.SegmentTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All routes, found by path: an exact route first, then the longest prefix; if a route has Spin's
 * rules, segment by segment, which is the same order for routes without named segments. Immutable;
 * safe to share between threads.
 */
public final class RouteTable<T extends Routed> {
    private final List<T> routes;
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> prefixes = new HashMap<>();
    private final Optional<SegmentTree<T>> tree;

    /** A table of routes; of two with equal patterns the first wins. */
    public RouteTable(List<T> routes) {
        this.routes = List.copyOf(routes);
        boolean spin = routes.stream().anyMatch(r -> r.route().pattern().spin().isPresent());
        tree = spin ? Optional.of(tree(routes)) : Optional.empty();
        for (T served : spin ? List.<T>of() : routes) {
            RoutePattern pattern = served.route().pattern();
            (pattern.isPrefix() ? prefixes : exact).putIfAbsent(pattern.path(), served);
        }
    }

    /** This table with more routes; of two with equal patterns the one here wins. */
    RouteTable<T> with(List<T> more) {
        return new RouteTable<>(Stream.concat(routes.stream(), more.stream()).toList());
    }

    private static <T extends Routed> SegmentTree<T> tree(List<T> routes) {
        var tree = new SegmentTree<T>();
        routes.forEach(served -> served.route().pattern().addTo(tree, served));
        return tree;
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
        if (tree.isPresent()) {
            return tree.get()
                    .find(path)
                    .map(hit ->
                            found(
                                    hit.value(),
                                    path.substring(0, hit.end()),
                                    path.substring(hit.end())));
        }
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
