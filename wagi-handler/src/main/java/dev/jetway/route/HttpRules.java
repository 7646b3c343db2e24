package dev.jetway.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A route's rules of HTTP. Immutable.
 *
 * @param methods the methods that reach the program; empty for all but {@code TRACE}
 * @param conditional whether the server evaluates conditional requests for responses of a program
 *     with {@code ETag} or {@code Last-Modified} and without {@code Status}
 * @param halfClosedTime time for which a guest runs on after its client has closed its sending side
 *     over HTTP/1; empty for the route's own limits
 */
public record HttpRules(
        List<String> methods, boolean conditional, Optional<Duration> halfClosedTime) {
    /** Maximum methods of a route. */
    public static final int MAX_METHODS = 64;

    /** The minimum of {@link #halfClosedTime()}. */
    public static final Duration MIN_HALF_CLOSED = Duration.ofMillis(100);

    /** The rules of a route without settings. */
    public static final HttpRules DEFAULT = new HttpRules(List.of(), true, Optional.empty());

    private static final String TRACE = "TRACE";
    private static final String ALL = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Set<String> COMMON =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", TRACE);

    /** Copies the list without repeated methods. */
    public HttpRules {
        methods = methods.stream().distinct().toList();
    }

    /**
     * A method of a route.
     *
     * @throws IllegalArgumentException if no program can receive it
     */
    public static String method(String text) {
        if (!text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}") || text.equals("CONNECT")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a method like \"GET\" or \"PROPFIND\"");
        }
        // RFC 9110 §9.1: clients send these methods in capitals only.
        String upper = text.toUpperCase(Locale.ROOT);
        if (COMMON.contains(upper) && !COMMON.contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is another method than '" + upper + "': their case counts");
        }
        return text;
    }

    /** Whether a request with this method reaches the program. GET allows HEAD too. */
    public boolean allows(String method) {
        if (methods.isEmpty()) {
            // In any case: a program may treat trace as TRACE.
            return !method.equalsIgnoreCase(TRACE);
        }
        return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** The value of the Allow field (RFC 9110 §10.2.1). */
    public String allow() {
        if (methods.isEmpty()) {
            return ALL;
        }
        var shown = new ArrayList<>(methods);
        if (methods.contains("GET") && !methods.contains("HEAD")) {
            shown.add(methods.indexOf("GET") + 1, "HEAD");
        }
        return String.join(", ", shown);
    }
}
