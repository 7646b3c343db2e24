package dev.jetway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as the pipeline sees it, without its body. Immutable.
 *
 * @param id the request's name in logs and {@code UNIQUE_ID}; no two are equal
 * @param method verbatim
 * @param target path and query
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
        RequestTarget target,
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
     * @param elsewhere path and query
     * @param kept fields of the response that sent it there, which go out with the next one
     */
    public RequestHead redirectedTo(RequestTarget elsewhere, List<Field> kept) {
        return sentTo(elsewhere, 200, kept);
    }

    /**
     * The same after an error: the request for its page.
     *
     * @param status the error's
     * @param kept what its response has beside the page
     */
    public RequestHead sentTo(RequestTarget elsewhere, int status, List<Field> kept) {
        return new RequestHead(
                id,
                "GET",
                elsewhere,
                protocol,
                secure,
                authority,
                fields.stream().filter(f -> !isAboutBody(f)).toList(),
                remote,
                local,
                Optional.of(Redirection.after(this, status, kept)));
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

    /** The canonical path. */
    public String path() {
        return target.path();
    }

    /** The query, raw, empty if there is no question mark. */
    public Optional<String> query() {
        return target.query();
    }

    /** This request as a proxy tells of it. */
    public RequestHead from(Endpoint client, boolean overTls, Optional<String> host) {
        return new RequestHead(
                id, method, target, protocol, overTls, host, fields, client, local, redirection);
    }
}
