package dev.jetway.http;

import dev.jetway.base.ByteText;
import java.util.Optional;

/**
 * The path and query of a request. Immutable.
 *
 * @param rawPath as sent
 * @param path the canonical form ({@link CanonicalPath}), which all decisions use
 * @param query raw, empty if there is no question mark
 */
public record RequestTarget(String rawPath, String path, Optional<String> query) {
    /** The replacement of a byte that is not UTF-8. */
    private static final char REPLACEMENT = '\ufffd';

    /**
     * The target of a path and a query.
     *
     * @return empty if the path leads above the root or does not begin with a slash
     */
    public static Optional<RequestTarget> of(String rawPath, Optional<String> query) {
        return rawPath.startsWith("/")
                ? CanonicalPath.of(rawPath).map(path -> new RequestTarget(rawPath, path, query))
                : Optional.empty();
    }

    /**
     * The target of a request as a server has read it. Bytes above 0x7f are not allowed (RFC 3986
     * §2) but are sent; UTF-8 is accepted.
     *
     * @return empty if it has spaces, control characters or other bytes than UTF-8, or as {@link
     *     #of}
     */
    public static Optional<RequestTarget> received(String rawPath, Optional<String> query) {
        return mayStand(rawPath) && query.map(RequestTarget::mayStand).orElse(true)
                ? of(rawPath, query)
                : Optional.empty();
    }

    private static boolean mayStand(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c == REPLACEMENT || ByteText.isEscape(text, i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The target of a reference {@code /path?query#fragment}; the fragment, meant for the client,
     * is dropped.
     */
    public static Optional<RequestTarget> parse(String reference) {
        int fragment = reference.indexOf('#');
        String text = fragment < 0 ? reference : reference.substring(0, fragment);
        int mark = text.indexOf('?');
        return mark < 0
                ? of(text, Optional.empty())
                : of(text.substring(0, mark), Optional.of(text.substring(mark + 1)));
    }

    /** The path and query as sent: {@code /a%20b?c}. */
    public String raw() {
        return with(rawPath);
    }

    /** The canonical path with the query. */
    public String canonical() {
        return with(path);
    }

    private String with(String shown) {
        return query.isEmpty() ? shown : shown + "?" + query.get();
    }

    /** The canonical path with encoded slashes as slashes; empty if it leads above the root. */
    public Optional<String> pathWithSlashesDecoded() {
        return CanonicalPath.withSlashesDecoded(path);
    }
}
