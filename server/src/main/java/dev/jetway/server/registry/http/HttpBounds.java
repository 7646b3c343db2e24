package dev.jetway.server.registry.http;

import java.time.Duration;

/**
 * Bounds of one conversation with another machine. Immutable.
 *
 * @param time of all of it, with its redirects and tokens
 * @param idle time without a byte
 * @param redirects followed for one request
 * @param token bytes of a token service's answer
 * @param fields bytes of an answer's header fields
 */
public record HttpBounds(Duration time, Duration idle, int redirects, int token, int fields) {
    /** The bounds unless the operator says otherwise. */
    public static final HttpBounds DEFAULT =
            new HttpBounds(Duration.ofMinutes(2), Duration.ofSeconds(20), 5, 64 * 1024, 32 * 1024);

    /** These bounds with another time. */
    public HttpBounds within(Duration other) {
        Duration least = other.compareTo(idle) < 0 ? other : idle;
        return new HttpBounds(other, least, redirects, token, fields);
    }
}
