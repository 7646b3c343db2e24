package dev.jetway.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditional requests (RFC 9110 §13) for responses of programs with {@code ETag} or {@code
 * Last-Modified}, and for files, as in Apache. Pure functions.
 */
public final class Preconditions {
    private static final int NOT_MODIFIED = 304;
    private static final int FAILED = 412;
    private static final int NONE = 200;

    private Preconditions() {}

    /**
     * The status in the order of §13.2.2: 304, 412, or 200 for the response itself.
     *
     * @param clock of the server: a client that has a response from the future has none, as in
     *     Apache
     */
    public static int status(RequestHead request, List<Field> response, InstantSource clock) {
        if (!hasValidator(response) || !hasConditions(request)) {
            return NONE;
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Optional<String> tag = value(response, "ETag");
        Optional<Instant> modified = value(response, "Last-Modified").flatMap(HttpDate::parse);
        if (!reads || (tag.isEmpty() && modified.isEmpty())) {
            return NONE;
        }
        Optional<String> ifMatch = list(request, "If-Match");
        if (ifMatch.isPresent()) {
            if (!matches(ifMatch.get(), tag, true)) {
                return FAILED;
            }
        } else if (date(request, "If-Unmodified-Since")
                .flatMap(since -> modified.map(m -> m.isAfter(since)))
                .orElse(false)) {
            return FAILED;
        }
        Optional<String> ifNoneMatch = list(request, "If-None-Match");
        boolean known =
                ifNoneMatch
                        .map(tags -> matches(tags, tag, false))
                        .orElseGet(() ->
                                date(request, "If-Modified-Since")
                                        .filter(since -> !since.isAfter(clock.instant()))
                                        .flatMap(since -> modified.map(m -> !m.isAfter(since)))
                                        .orElse(false));
        return known ? NOT_MODIFIED : NONE;
    }

    /** Whether a response can meet a condition; most cannot. */
    private static boolean hasValidator(List<Field> response) {
        for (Field field : response) {
            if (field.is("ETag") || field.is("Last-Modified")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request has conditions; most have none. */
    private static boolean hasConditions(RequestHead request) {
        for (Field field : request.fields()) {
            if (field.name().regionMatches(true, 0, "If-", 0, 3)) {
                return true;
            }
        }
        return false;
    }

    /** The fields of a 304, without those that describe the missing body (§15.4.5). */
    public static List<Field> notModified(List<Field> fields) {
        return fields.stream().filter(f -> !describesBody(f)).toList();
    }

    private static boolean describesBody(Field field) {
        return field.name().regionMatches(true, 0, "Content-", 0, 8)
                && !field.is("Content-Location");
    }

    private static Optional<String> value(List<Field> fields, String name) {
        return fields.stream().filter(f -> f.is(name)).map(Field::value).findFirst();
    }

    /** A field that is a list, with its lines joined. */
    private static Optional<String> list(RequestHead request, String name) {
        var lines = request.fields().stream().filter(f -> f.is(name)).map(Field::value).toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
    }

    /** The date of a field with one line; anything else is ignored (§13.1.3). */
    private static Optional<Instant> date(RequestHead request, String name) {
        var lines = request.fields().stream().filter(f -> f.is(name)).map(Field::value).toList();
        return lines.size() == 1 ? HttpDate.parse(lines.getFirst()) : Optional.empty();
    }

    /**
     * Compares tags (§8.8.3.2); {@code *} matches any response.
     *
     * @param strong whether weak tags never match
     */
    private static boolean matches(String tags, Optional<String> own, boolean strong) {
        if (tags.strip().equals("*")) {
            return true;
        }
        if (own.isEmpty() || (strong && own.get().startsWith("W/"))) {
            return false;
        }
        return split(tags).stream()
                .filter(t -> !strong || !t.startsWith("W/"))
                .anyMatch(t -> opaque(t).equals(opaque(own.get())));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Splits at commas outside of quotes: a tag may contain commas. */
    private static List<String> split(String tags) {
        var all = new ArrayList<String>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= tags.length(); i++) {
            if (i == tags.length() || (tags.charAt(i) == ',' && !quoted)) {
                all.add(tags.substring(from, i).strip());
                from = i + 1;
            } else if (tags.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return all;
    }
}
