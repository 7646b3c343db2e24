package dev.jetway.route;

import dev.jetway.base.LogText;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes that a module declares: the output of its exported function {@code _routes}, a line
 * {@code SUBPATH FUNCTION} each (Wagi's dynamic routes).
 */
public final class SubRoutes {
    /** The exported function that prints them. */
    public static final String FUNCTION = "_routes";

    /** Maximum bytes of its output. */
    public static final int MAX_BYTES = 64 << 10;

    /** Maximum sub-routes of a module. */
    public static final int MAX_ROUTES = 1000;

    private SubRoutes() {}

    /**
     * Parses the text and appends each path to the parent's.
     *
     * @return in the order of the text, with all other settings of the parent
     * @throws IllegalArgumentException with the line that is invalid
     */
    public static List<ModuleRoute> parse(ModuleRoute parent, String text) {
        String above = parent.route().pattern().path();
        var routes = new ArrayList<ModuleRoute>();
        for (String line : text.lines().filter(l -> !l.isEmpty()).toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        "'_routes' printed a line that is not SUBPATH FUNCTION: '"
                                + LogText.escape(line)
                                + "'");
            }
            if (routes.size() == MAX_ROUTES) {
                throw new IllegalArgumentException(
                        "'_routes' printed more than " + MAX_ROUTES + " routes");
            }
            routes.add(parent.at(new RoutePattern(join(above, words[0])), words[1]));
        }
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("'_routes' printed no routes");
        }
        return routes;
    }

    /** The joined path with exactly one slash in between. */
    private static String join(String parent, String child) {
        String left = parent.endsWith("/") ? parent.substring(0, parent.length() - 1) : parent;
        return left + (child.startsWith("/") ? child : "/" + child);
    }
}
