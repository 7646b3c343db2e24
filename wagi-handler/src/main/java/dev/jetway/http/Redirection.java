package dev.jetway.http;

import java.util.ArrayList;
import java.util.List;

/**
 * How a request came here inside the server: by local redirects, or as the page of an error.
 * Immutable.
 *
 * @param depth how many times, from 1
 * @param target the path and query that the client asked for, as it sent them
 * @param url the canonical path that the last one came from
 * @param queryString its query, empty if it had none
 * @param method its method
 * @param status what went before: 200, or the status of the error
 * @param fields what the response has beside those of its own: of all responses that sent the
 *     request on ({@code Set-Cookie}), and of the error ({@code Retry-After})
 */
public record Redirection(
        int depth,
        String target,
        String url,
        String queryString,
        String method,
        int status,
        List<Field> fields) {
    /** The lowest status that is an error. */
    private static final int MIN_ERROR = 400;

    /** Redirects of one request; Apache's default too ({@code LimitInternalRecursion}). */
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

    /** Whether the request is for the page of an error. */
    public boolean isError() {
        return status >= MIN_ERROR;
    }
}
