package dev.jetway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request without its body, as the pipeline sees it. Immutable.
 *
 * @param id unique name in logs and {@code UNIQUE_ID}
 * @param method verbatim
 * @param target path and query
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param secure whether the request was sent over TLS
 * @param authority the requested host with an optional port: from the Host field, the target, or a
 *     trusted proxy
 * @param fields the header fields in the order received
 * @param remote the client
 * @param local the server's end of the connection
 * @param redirection the redirects inside the server that led to the request, if any
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
     * The next request after a local redirect: GET without a body, for another path (RFC 3875
     * §6.2.2), without the fields that described the body.
     *
     * @param elsewhere path and query
     * @param kept fields of the redirecting response that are sent with the next one
     */
    public RequestHead redirectedTo(RequestTarget elsewhere, List<Field> kept) {
        return sentTo(elsewhere, 200, kept);
    }

    /**
     * The request for the page of an error.
     *
     * @param status of the error
     * @param kept fields of the error's response that are sent with the page
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

    /** The first field of a name. */
    public Optional<String> field(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The scheme: {@code http} or {@code https}. */
    public String scheme() {
        return secure ? "https" : "http";
    }

    /** The canonical path. */
    public String path() {
        return target.path();
    }

    /** The raw query, empty if there is no question mark. */
    public Optional<String> query() {
        return target.query();
    }

    /** The request with the client, scheme and host that a proxy gives. */
    public RequestHead from(Endpoint client, boolean overTls, Optional<String> host) {
        return new RequestHead(
                id, method, target, protocol, overTls, host, fields, client, local, redirection);
    }
}
