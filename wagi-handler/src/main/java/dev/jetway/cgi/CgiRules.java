package dev.jetway.cgi;

/**
 * How the requests and responses of a route are translated. Immutable.
 *
 * @param dialect whose rules
 * @param queryArguments whether parts of the query become arguments. Never so for a route with
 *     fixed arguments, nor for an interpreter, to which an argument may be a program
 *     (CVE-2012-1823)
 * @param nonParsed whether the output begins with a status line, as that of {@code nph-} scripts
 *     (RFC 3875 §5); it is parsed all the same
 */
public record CgiRules(Dialect dialect, boolean queryArguments, boolean nonParsed) {
    /** The rules of Wagi: the query becomes arguments. */
    public static final CgiRules WAGI = new CgiRules(Dialect.WAGI, true, false);

    /** The rules of CGI: nothing of the request becomes an argument. */
    public static final CgiRules CGI = new CgiRules(Dialect.CGI, false, false);
}
