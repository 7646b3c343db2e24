package dev.jetway.route;

import dev.jetway.http.CanonicalPath;
import dev.jetway.http.PathText;
import dev.jetway.route.spin.SegmentTree;
import dev.jetway.route.spin.SegmentTree.Reach;
import dev.jetway.route.spin.SpinRoute;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of a route: exact ({@code /foo}) or a prefix ({@code /foo/...}, which matches {@code
 * /foo}, {@code /foo/} and {@code /foo/x}, not {@code /foobar}). Compared with the canonical path
 * of a request, case-sensitive: {@code /caf%C3%A9} and {@code /café} are one pattern. A pattern of
 * Spin may have named segments ({@link SpinRoute}). Immutable.
 */
public final class RoutePattern {
    /** The order in which routes are tried: exact ones first, then the longest prefix. */
    public static final Comparator<RoutePattern> PRECEDENCE =
            Comparator.comparing(RoutePattern::isPrefix)
                    .thenComparingInt(p -> -p.path().length())
                    .thenComparing(RoutePattern::path);

    private static final String WILDCARD = "/...";

    private final String text;
    private final String path;
    private final Optional<SpinRoute> spin;

    /**
     * A pattern as written, for example {@code /foo/...}; a missing leading slash is added.
     *
     * @throws IllegalArgumentException if it is empty, leads above the root, or contains characters
     *     that no request can have in its path
     */
    public RoutePattern(String text) {
        this.text = absolute(text);
        this.path = canonical(withoutWildcard(this.text));
        this.spin = Optional.empty();
    }

    private RoutePattern(SpinRoute route) {
        this.text = route.text().isEmpty() ? "/" : route.text();
        this.path = canonical(route.path());
        this.spin = Optional.of(route);
    }

    /**
     * A pattern as Spin reads it: {@code /user/:id} has a named segment, a slash at the end is
     * optional, {@code /*} is {@code /...}.
     *
     * @param base of all routes, as written
     * @throws IllegalArgumentException as the constructor, and if a segment's name is invalid
     */
    public static RoutePattern ofSpin(String base, String route) {
        return new RoutePattern(new SpinRoute(base, route));
    }

    private static String absolute(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a route cannot be empty");
        }
        return text.startsWith("/") ? text : "/" + text;
    }

    private static String canonical(String path) {
        if (path.isEmpty()) {
            return path;
        }
        String canonical =
                CanonicalPath.of(path)
                        .orElseThrow(() ->
                                new IllegalArgumentException("a route cannot lead above the root"));
        if (PathText.hasEncodedSlash(canonical)) {
            throw new IllegalArgumentException("a route cannot hold an encoded slash (%2F)");
        }
        if (!PathText.isSafe(PathText.decode(canonical))) {
            throw new IllegalArgumentException(
                    "a route cannot hold NUL (%00), or '..' beside a backslash");
        }
        return canonical;
    }

    private static String withoutWildcard(String text) {
        return text.endsWith(WILDCARD)
                ? text.substring(0, text.length() - WILDCARD.length())
                : text;
    }

    /** Whether the pattern matches all paths below its own. */
    public boolean isPrefix() {
        return spin.map(SpinRoute::isPrefix).orElse(text.endsWith(WILDCARD));
    }

    /** The pattern as Spin reads it, if Spin's rules hold for it. */
    public Optional<SpinRoute> spin() {
        return spin;
    }

    /** Whether the pattern matches a canonical path. */
    public boolean matches(String requested) {
        var tree = new SegmentTree<RoutePattern>();
        addTo(tree, this);
        return tree.find(requested).isPresent();
    }

    /** Adds a value under this pattern. */
    <T> void addTo(SegmentTree<T> tree, T value) {
        Reach exact = spin.isPresent() ? Reach.EXACT_OR_SLASH : Reach.EXACT;
        tree.add(path, spin.isPresent(), isPrefix() ? Reach.BELOW : exact, value);
    }

    /**
     * A text that is equal for patterns which match the same paths, whatever their segments' names.
     */
    public String shape() {
        String named = spin.isPresent() ? path.replaceAll("/:[^/]*", "/:") : path;
        String known = spin.isPresent() && !isPrefix() && path.isEmpty() ? "/" : named;
        return isPrefix() ? known + WILDCARD : known;
    }

    /** The pattern as written. */
    public String text() {
        return text;
    }

    /**
     * The canonical path, without {@code /...}: {@code ""} for {@code /...}, {@code /foo} for both
     * forms.
     */
    public String path() {
        return path;
    }

    /** The pattern as written, without {@code /...}. */
    public String writtenPath() {
        return spin.map(SpinRoute::path).orElseGet(() -> withoutWildcard(text));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoutePattern pattern
                && path.equals(pattern.path)
                && isPrefix() == pattern.isPrefix()
                && spin.equals(pattern.spin);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Boolean.hashCode(isPrefix());
    }

    @Override
    public String toString() {
        return text;
    }
}
