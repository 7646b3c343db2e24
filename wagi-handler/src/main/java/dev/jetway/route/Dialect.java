package dev.jetway.route;

/** The rules that a route follows where CGI and Wagi differ. See docs/cgi.md. */
public enum Dialect {
    /** RFC 3875, completed by Apache's behaviour. */
    CGI,
    /** Wagi 0.8. */
    WAGI,
    /** Spin's executor for Wagi programs: Wagi's rules with other paths and further variables. */
    SPIN;

    /** Whether Wagi's rules hold where RFC 3875 has others. */
    public boolean isWagi() {
        return this != CGI;
    }
}
