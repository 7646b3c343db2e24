package dev.jetway.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What of HTTP a route decides on. Immutable.
 *
 * @param methods those that reach the program; empty: all but {@code TRACE}
 * @param conditional whether the server answers conditional requests on what a program prints with
 *     {@code ETag} or {@code Last-Modified} and no {@code Status}
 * @param halfClosedTime how long a guest runs on after its client has closed its sending side over
 *     HTTP/1; empty: as long as the route's own limits say
 */
public record HttpRules(
        List<String> methods, boolean conditional, Optional<Duration> halfClosedTime) {
    /** Methods of one route. */
    public static final int MAX_METHODS = 64;

    /** The least {@link #halfClosedTime()}. */
    public static final Duration MIN_HALF_CLOSED = Duration.ofMillis(100);

    /** What a route has that says nothing. */
    public static final HttpRules DEFAULT = new HttpRules(List.of(), true, Optional.empty());

    private static final String TRACE = "TRACE";
    private static final String ALL = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Set<String> COMMON =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", TRACE);

    /** Copies the list, each method once. */
    public HttpRules {
        methods = methods.stream().distinct().toList();
    }

    /**
     * A method of a route.
     *
     * @throws IllegalArgumentException if a program can never be asked with it
     */
    public static String method(String text) {
        if (!text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}") || text.equals("CONNECT")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a method like \"GET\" or \"PROPFIND\"");
        }
        // RFC 9110 §9.1: no client sends another spelling of these.
        String upper = text.toUpperCase(Locale.ROOT);
        if (COMMON.contains(upper) && !COMMON.contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is another method than '" + upper + "': their case counts");
        }
        return text;
    }

    /** Whether a request with this method reaches the program. Whoever may GET may HEAD. */
    public boolean allows(String method) {
        if (methods.isEmpty()) {
            // In any case: to a program, trace and TRACE may be one.
            return !method.equalsIgnoreCase(TRACE);
        }
        return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** The value of the field Allow (RFC 9110 §10.2.1). */
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
