package dev.jetway.cgi;

import java.util.List;
import java.util.Optional;

/**
 * A request as the pipeline sees it, without its body. Immutable.
 *
 * @param method verbatim
 * @param path the path, raw: percent-encoded as received, dot segments removed
 * @param query the query, raw, empty if there is no question mark
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param secure whether it came over TLS
 * @param fields the header fields in the order received
 * @param remote the client
 * @param local the server's end of the connection
 */
public record RequestHead(
        String method,
        String path,
        Optional<String> query,
        String protocol,
        boolean secure,
        List<Field> fields,
        Endpoint remote,
        Endpoint local) {
    /** Copies the fields. */
    public RequestHead {
        fields = List.copyOf(fields);
    }

    /** The first field of that name. */
    public Optional<String> field(String name) {
        return fields.stream().filter(f -> f.is(name)).map(Field::value).findFirst();
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return secure ? "https" : "http";
    }

    /** Path and query as received: {@code /a%20b?c}. */
    public String target() {
        return query.map(q -> path + "?" + q).orElse(path);
    }
}
