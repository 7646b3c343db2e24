package dev.jetway.route;

import java.util.Optional;

/**
 * How the requests and responses of a route are translated. Immutable.
 *
 * @param dialect whose rules
 * @param queryArguments whether parts of the query become arguments. Never so for a route with
 *     fixed arguments, nor for an interpreter, to which an argument may be a program
 *     (CVE-2012-1823)
 * @param nonParsed whether the output begins with a status line, as that of {@code nph-} scripts
 *     (RFC 3875 §5); it is parsed all the same
 * @param streamBody whether the guest reads the request's body while it comes; else it is collected
 *     before the guest starts
 * @param encodedSlashes what becomes of {@code %2F} in a path
 * @param documentRoot the site's documents, as the guest sees their folder: absolute, without a
 *     slash at the end
 * @param http what of HTTP the route decides on
 */
public record CgiRules(
        Dialect dialect,
        boolean queryArguments,
        boolean nonParsed,
        boolean streamBody,
        EncodedSlashes encodedSlashes,
        Optional<String> documentRoot,
        HttpRules http) {
    /** The rules of Wagi: the query becomes arguments. */
    public static final CgiRules WAGI = standard(Dialect.WAGI, true);

    /** The rules of CGI: nothing of the request becomes an argument. */
    public static final CgiRules CGI = standard(Dialect.CGI, false);

    private static CgiRules standard(Dialect dialect, boolean queryArguments) {
        return new CgiRules(
                dialect,
                queryArguments,
                false,
                false,
                EncodedSlashes.REFUSE,
                Optional.empty(),
                HttpRules.DEFAULT);
    }

    /** The same with the arguments and the output settled by what the module is. */
    public CgiRules settled(boolean arguments, boolean statusLine) {
        return new CgiRules(
                dialect, arguments, statusLine, streamBody, encodedSlashes, documentRoot, http);
    }
}
