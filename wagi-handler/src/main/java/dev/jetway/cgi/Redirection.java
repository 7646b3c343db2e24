package dev.jetway.cgi;

/**
 * How a request came here by local redirects. Immutable.
 *
 * @param depth how many, from 1
 * @param target the path and query that the client asked for
 * @param url the path that the last redirect came from
 * @param queryString its query, empty if it had none
 * @param method its method
 */
public record Redirection(int depth, String target, String url, String queryString, String method) {
    /** Redirects of one request; Apache's default too ({@code LimitInternalRecursion}). */
    public static final int MAX_DEPTH = 10;

    static Redirection after(RequestHead head) {
        return new Redirection(
                head.redirection().map(Redirection::depth).orElse(0) + 1,
                head.redirection().map(Redirection::target).orElse(head.target()),
                head.path(),
                head.query().orElse(""),
                head.method());
    }
}
