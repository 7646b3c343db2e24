package dev.jetway.server.config.route;

import dev.jetway.http.RequestTarget;
import dev.jetway.route.RoutePattern;

/** The path and query of {@code warm-up}. */
public final class WarmUpTarget {
    /** Maximum characters of path and query. */
    public static final int MAX_LENGTH = 2048;

    private WarmUpTarget() {}

    /**
     * The path and query, unchanged.
     *
     * @throws IllegalArgumentException if no client could request them, or another route answers
     */
    public static String parse(String text, RoutePattern pattern) {
        if (!text.startsWith("/") || !text.chars().allMatch(WarmUpTarget::mayStand)) {
            throw new IllegalArgumentException(
                    "is a path and perhaps a query, percent-encoded: \"/shop/search?q=tea\"");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        String path = RequestTarget.parse(text).map(RequestTarget::path).orElse("");
        if (path.isEmpty() || !pattern.matches(path)) {
            throw new IllegalArgumentException("is not a path that " + pattern + " answers");
        }
        return text;
    }

    private static boolean mayStand(int c) {
        return c > ' ' && c < 0x7f && c != '#';
    }
}
