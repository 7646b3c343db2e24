package dev.jetway.route.spin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * A route as Spin writes it: {@code /user/:id/...} below the base of its application. Immutable.
 *
 * @param base of the application, as written
 * @param route as written, without the base
 */
public record SpinRoute(String base, String route) {
    /** The base of an application that names none. */
    public static final String NO_BASE = "/";

    private static final Pattern NAME = Pattern.compile(":[A-Za-z0-9_-]{1,64}");
    private static final List<String> WILDCARDS = List.of("/...", "/*");

    /**
     * Checks the names of segments.
     *
     * @throws IllegalArgumentException if one is invalid or stands twice
     */
    public SpinRoute {
        var names = new HashSet<String>();
        for (String segment : segments(withoutWildcard(join(base, route)))) {
            if (segment.contains("*") || segment.equals("...")) {
                throw new IllegalArgumentException("a route has '/*' or '/...' only at its end");
            }
            if (isName(segment)
                    && !(NAME.matcher(segment).matches()
                            && names.add(segment.toUpperCase(Locale.ROOT)))) {
                throw new IllegalArgumentException(
                        "'"
                                + segment
                                + "' is not the name of a segment: write ':' and 1 to 64 letters,"
                                + " digits, '_' and '-', each name once");
            }
        }
    }

    /** Base and route, without slashes at their ends: {@code ""} for the root. */
    public String text() {
        return join(base, route);
    }

    /** Whether the route matches all paths below its own. */
    public boolean isPrefix() {
        return WILDCARDS.stream().anyMatch(text()::endsWith);
    }

    /** {@link #text()} without the wildcard. */
    public String path() {
        return withoutWildcard(text());
    }

    /** The route without the wildcard and without the base. */
    public String component() {
        return withoutWildcard(route);
    }

    /**
     * The values of the named segments.
     *
     * @param pattern the canonical path of the route
     * @param path the part of a request's path that it has matched
     */
    public static SequencedMap<String, String> named(String pattern, String path) {
        var named = new LinkedHashMap<String, String>();
        if (pattern.contains("/:")) {
            List<String> names = segments(pattern);
            List<String> values = segments(path);
            for (int i = 0; i < names.size(); i++) {
                if (isName(names.get(i))) {
                    named.put(names.get(i).substring(1), values.get(i));
                }
            }
        }
        return named;
    }

    /** The segments of a path; none for {@code ""}. */
    static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (int at = 0; at < path.length(); ) {
            int end = path.indexOf('/', at + 1);
            end = end < 0 ? path.length() : end;
            segments.add(path.substring(at + 1, end));
            at = end;
        }
        return segments;
    }

    static boolean isName(String segment) {
        return segment.startsWith(":");
    }

    private static String join(String base, String route) {
        return absolute(base) + absolute(route);
    }

    /** With a slash before, without one after: Spin strips one. */
    private static String absolute(String text) {
        String path = text.startsWith("/") ? text : "/" + text;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String withoutWildcard(String text) {
        for (String wildcard : WILDCARDS) {
            if (text.endsWith(wildcard)) {
                return text.substring(0, text.length() - wildcard.length());
            }
        }
        return text;
    }
}
