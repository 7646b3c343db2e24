package dev.jetway.route;

import java.util.Optional;

/**
 * The translation of a route's requests and responses. Immutable.
 *
 * @param dialect the rules to follow
 * @param queryArguments whether parts of the query become arguments; never for a route with fixed
 *     arguments, nor for an interpreter, for which an argument may be a program (CVE-2012-1823)
 * @param nonParsed whether the output begins with a status line, as for {@code nph-} scripts (RFC
 *     3875 §5); it is parsed nevertheless
 * @param streamBody whether the guest reads the request's body while it arrives; otherwise it is
 *     collected before the guest starts
 * @param encodedSlashes handling of {@code %2F} in a path
 * @param documentRoot the folder of the site's documents as the guest sees it: absolute, without a
 *     slash at the end
 * @param http the route's rules of HTTP
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

    /** The rules of CGI: no part of the request becomes an argument. */
    public static final CgiRules CGI = standard(Dialect.CGI, false);

    /** The rules of Spin: the arguments are those of a template. */
    public static final CgiRules SPIN = standard(Dialect.SPIN, true);

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

    /** The rules of a dialect. */
    public static CgiRules of(Dialect dialect) {
        return switch (dialect) {
            case CGI -> CGI;
            case WAGI -> WAGI;
            case SPIN -> SPIN;
        };
    }

    /** These rules with the arguments and the output that the module requires. */
    public CgiRules settled(boolean arguments, boolean statusLine) {
        return new CgiRules(
                dialect, arguments, statusLine, streamBody, encodedSlashes, documentRoot, http);
    }
}
