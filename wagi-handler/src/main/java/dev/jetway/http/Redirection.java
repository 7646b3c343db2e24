package dev.jetway.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The redirects inside the server that led to a request: local redirects, or an error whose page it
 * asks for. Immutable.
 *
 * @param depth number of redirects, from 1
 * @param target the client's own path and query, as sent
 * @param url the canonical path of the request before
 * @param queryString its query, empty if it had none
 * @param method its method
 * @param status its status: 200, or that of the error
 * @param fields fields to add to the response: from all redirecting responses ({@code Set-Cookie})
 *     and from the error ({@code Retry-After})
 */
public record Redirection(
        int depth,
        String target,
        String url,
        String queryString,
        String method,
        int status,
        List<Field> fields) {
    /** The lowest status of an error. */
    private static final int MIN_ERROR = 400;

    /** Maximum redirects of one request; Apache's default ({@code LimitInternalRecursion}). */
    public static final int MAX_DEPTH = 10;

    /** Copies the fields. */
    public Redirection {
        fields = List.copyOf(fields);
    }

    static Redirection after(RequestHead head, int status, List<Field> fields) {
        var all = new ArrayList<Field>();
        head.redirection().ifPresent(before -> all.addAll(before.fields()));
        all.addAll(fields);
        return new Redirection(
                head.redirection().map(Redirection::depth).orElse(0) + 1,
                head.redirection().map(Redirection::target).orElseGet(() -> head.target().raw()),
                head.path(),
                head.query().orElse(""),
                head.method(),
                status,
                all);
    }

    /** Whether the request is for an error's page. */
    public boolean isError() {
        return status >= MIN_ERROR;
    }
}
