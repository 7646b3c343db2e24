package dev.jetway.route;

import dev.jetway.http.CanonicalPath;
import dev.jetway.http.PathText;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The path of a route: exact ({@code /foo}) or a prefix ({@code /foo/...}, which matches {@code
 * /foo}, {@code /foo/} and {@code /foo/x}, not {@code /foobar}). Compared with the canonical path
 * of a request, case-sensitive: {@code /caf%C3%A9} and {@code /café} are one pattern. Immutable.
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

    /**
     * A pattern as written, for example {@code /foo/...}; a missing leading slash is added.
     *
     * @throws IllegalArgumentException if it is empty, leads above the root, or contains characters
     *     that no request can have in its path
     */
    public RoutePattern(String text) {
        this.text = absolute(text);
        this.path = canonical(this.text);
    }

    private static String absolute(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a route cannot be empty");
        }
        return text.startsWith("/") ? text : "/" + text;
    }

    private static String canonical(String text) {
        String path = withoutWildcard(text);
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
        return text.endsWith(WILDCARD);
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
        return withoutWildcard(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoutePattern pattern
                && path.equals(pattern.path)
                && isPrefix() == pattern.isPrefix();
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
