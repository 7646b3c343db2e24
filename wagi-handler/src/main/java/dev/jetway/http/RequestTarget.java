package dev.jetway.http;

import java.util.Optional;

/**
 * What a request asks for, below a host. Immutable.
 *
 * @param rawPath as it was sent
 * @param path the canonical form ({@link CanonicalPath}): the only one that decides anything
 * @param query raw, empty if there is no question mark
 */
public record RequestTarget(String rawPath, String path, Optional<String> query) {
    /**
     * The target of a path and a query.
     *
     * @return empty if the path leads above the root, or does not begin with a slash
     */
    public static Optional<RequestTarget> of(String rawPath, Optional<String> query) {
        return rawPath.startsWith("/")
                ? CanonicalPath.of(rawPath).map(path -> new RequestTarget(rawPath, path, query))
                : Optional.empty();
    }

    /** The same of a reference: {@code /path?query#fragment}; a fragment is the client's only. */
    public static Optional<RequestTarget> parse(String reference) {
        int fragment = reference.indexOf('#');
        String text = fragment < 0 ? reference : reference.substring(0, fragment);
        int mark = text.indexOf('?');
        return mark < 0
                ? of(text, Optional.empty())
                : of(text.substring(0, mark), Optional.of(text.substring(mark + 1)));
    }

    /** Path and query as they were sent: {@code /a%20b?c}. */
    public String raw() {
        return with(rawPath);
    }

    /** The canonical path, and the query. */
    public String canonical() {
        return with(path);
    }

    private String with(String shown) {
        return query.isEmpty() ? shown : shown + "?" + query.get();
    }

    /** The canonical path if encoded slashes are slashes; empty if that leads above the root. */
    public Optional<String> pathWithSlashesDecoded() {
        return CanonicalPath.withSlashesDecoded(path);
    }
}
