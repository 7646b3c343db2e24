package dev.jetway.http;

import java.util.Optional;

/**
 * The path and query of a request. Immutable.
 *
 * @param rawPath as sent
 * @param path the canonical form ({@link CanonicalPath}), which all decisions use
 * @param query raw, empty if there is no question mark
 */
public record RequestTarget(String rawPath, String path, Optional<String> query) {
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
