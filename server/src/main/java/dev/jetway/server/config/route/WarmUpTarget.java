package dev.jetway.server.config.route;

import dev.jetway.http.RequestTarget;
import dev.jetway.route.RoutePattern;

/** The path and query that {@code warm-up} names. */
public final class WarmUpTarget {
    /** Characters of both. */
    public static final int MAX_LENGTH = 2048;

    private WarmUpTarget() {}

    /**
     * Both, as they are.
     *
     * @throws IllegalArgumentException if no client could ask for them, or another route answers
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
        boolean below = pattern.isPrefix() && path.startsWith(pattern.path() + "/");
        if (!path.equals(pattern.path()) && !below) {
            throw new IllegalArgumentException("is not a path that " + pattern + " answers");
        }
        return text;
    }

    private static boolean mayStand(int c) {
        return c > ' ' && c < 0x7f && c != '#';
    }
}
