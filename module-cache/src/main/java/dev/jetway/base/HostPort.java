package dev.jetway.base;

import java.util.Optional;

/**
 * A text of the form {@code HOST} or {@code HOST:PORT}, divided (RFC 3986 §3.2). Neither part is
 * checked. Immutable; safe to share between threads.
 *
 * @param host a name, an IPv4 address, an IPv6 address in brackets, or a bare one, which has no
 *     port
 * @param port the text after the colon, perhaps empty; nothing if there is no colon
 */
public record HostPort(String host, Optional<String> port) {
    /** Divides a text at the one colon outside of brackets; two such colons are no port's. */
    public static HostPort split(String text) {
        int outside = text.lastIndexOf(']') + 1;
        int colon = text.indexOf(':', outside);
        boolean one = colon >= 0 && text.indexOf(':', colon + 1) < 0;
        return one
                ? new HostPort(text.substring(0, colon), Optional.of(text.substring(colon + 1)))
                : new HostPort(text, Optional.empty());
    }

    /** The host of a text, without its port. */
    public static String host(String text) {
        return split(text).host();
    }
}
