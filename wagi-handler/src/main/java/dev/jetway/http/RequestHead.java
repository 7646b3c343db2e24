package dev.jetway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as the pipeline sees it, without its body. Immutable.
 *
 * @param id the request's name in logs and {@code UNIQUE_ID}; no two are equal
 * @param method verbatim
 * @param path the path, raw: percent-encoded as received, dot segments removed
 * @param query the query, raw, empty if there is no question mark
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param secure whether it came over TLS
 * @param authority the host, perhaps with a port, that the request is for: of the Host field, the
 *     target, or what a trusted proxy says
 * @param fields the header fields in the order received
 * @param remote the client
 * @param local the server's end of the connection
 * @param redirection if a guest sent the request here by a local redirect
 */
public record RequestHead(
        String id,
        String method,
        String path,
        Optional<String> query,
        String protocol,
        boolean secure,
        Optional<String> authority,
        List<Field> fields,
        Endpoint remote,
        Endpoint local,
        Optional<Redirection> redirection) {
    /** Copies the fields. */
    public RequestHead {
        fields = List.copyOf(fields);
    }

    /**
     * The request that a local redirect makes of this one: GET without a body, for another path
     * (RFC 3875 §6.2.2). The fields that described the body fall.
     *
     * @param target path and query, both raw
     */
    public RequestHead redirectedTo(String target) {
        return sentTo(target, 200, List.of());
    }

    /**
     * The same after an error: the request for its page.
     *
     * @param status the error's
     * @param errorFields what its response has beside the page
     */
    public RequestHead sentTo(String target, int status, List<Field> errorFields) {
        int mark = target.indexOf('?');
        return new RequestHead(
                id,
                "GET",
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1)),
                protocol,
                secure,
                authority,
                fields.stream().filter(f -> !isAboutBody(f)).toList(),
                remote,
                local,
                Optional.of(Redirection.after(this, status, errorFields)));
    }

    private static boolean isAboutBody(Field field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return name.startsWith("content-")
                || name.equals("transfer-encoding")
                || name.equals("expect");
    }

    /** The first field of that name. */
    public Optional<String> field(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
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
