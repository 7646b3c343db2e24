package dev.jetway.route;

import java.util.Comparator;

/**
 * The path of a route: exact ({@code /foo}) or a prefix ({@code /foo/...}, which takes {@code
 * /foo}, {@code /foo/} and {@code /foo/x}, not {@code /foobar}). Compared with the raw, undecoded
 * request path, case-sensitive (Wagi's rule). Immutable.
 *
 * @param text as written, for example {@code /foo/...}; a missing leading slash is added
 */
public record RoutePattern(String text) {
    /** The order in which requests meet routes: exact ones first, then the longest prefix. */
    public static final Comparator<RoutePattern> PRECEDENCE =
            Comparator.comparing(RoutePattern::isPrefix)
                    .thenComparingInt(p -> -p.path().length())
                    .thenComparing(RoutePattern::path);

    private static final String WILDCARD = "/...";

    /** Adds a missing leading slash. */
    public RoutePattern {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a route cannot be empty");
        }
        if (!text.startsWith("/")) {
            text = "/" + text;
        }
    }

    /** Whether the pattern takes everything below its path too. */
    public boolean isPrefix() {
        return text.endsWith(WILDCARD);
    }

    /**
     * The pattern without {@code /...}: {@code ""} for {@code /...}, {@code /foo} for both forms.
     */
    public String path() {
        return isPrefix() ? text.substring(0, text.length() - WILDCARD.length()) : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
