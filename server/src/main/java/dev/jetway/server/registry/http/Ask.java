package dev.jetway.server.registry.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to another machine. Immutable.
 *
 * @param method of HTTP
 * @param target absolute
 * @param fields header fields
 * @param content of the request
 */
public record Ask(
        String method, URI target, Map<String, String> fields, Optional<Content> content) {
    /**
     * The content of a request.
     *
     * @param type media type
     * @param bytes not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    public record Content(String type, byte[] bytes) {}

    /** Copies the fields. */
    public Ask {
        fields = Map.copyOf(fields);
    }

    /** A request for a content. */
    public static Ask get(URI target, String accept) {
        return new Ask("GET", target, Map.of("Accept", accept), Optional.empty());
    }

    /** A request for the header fields of a content. */
    public static Ask head(URI target, String accept) {
        return new Ask("HEAD", target, Map.of("Accept", accept), Optional.empty());
    }

    /** A request that sends a content. */
    public static Ask send(String method, URI target, String type, byte[] bytes) {
        return new Ask(method, target, Map.of(), Optional.of(new Content(type, bytes)));
    }

    /** Whether it changes nothing, so that redirects may be followed. */
    boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The request to another place. */
    Ask at(URI other) {
        return new Ask(method, other, fields, content);
    }

    /** The request with a field more. */
    Ask with(String name, String value) {
        var all = new LinkedHashMap<>(fields);
        all.put(name, value);
        return new Ask(method, target, all, content);
    }
}
