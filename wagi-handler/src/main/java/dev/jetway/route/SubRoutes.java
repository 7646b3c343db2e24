package dev.jetway.route;

import dev.jetway.base.LogText;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes that a module declares by itself: what its exported function {@code _routes} prints, a
 * line for each, {@code SUBPATH FUNCTION} (Wagi's dynamic routes).
 */
public final class SubRoutes {
    /** The exported function that prints them. */
    public static final String FUNCTION = "_routes";

    /** Bytes of its output. */
    public static final int MAX_BYTES = 64 << 10;

    /** Sub-routes of one module. */
    public static final int MAX_ROUTES = 1000;

    private SubRoutes() {}

    /**
     * Reads the text and joins each path to the parent's.
     *
     * @return in the order of the text, with everything else as the parent has it
     * @throws IllegalArgumentException with the line that is wrong
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

    /** Exactly one slash between the two. */
    private static String join(String parent, String child) {
        String left = parent.endsWith("/") ? parent.substring(0, parent.length() - 1) : parent;
        return left + (child.startsWith("/") ? child : "/" + child);
    }
}
