package dev.jetway.route;

/** The rules that a route follows where CGI and Wagi differ. See docs/cgi.md. */
public enum Dialect {
    /** RFC 3875, completed by Apache's behaviour. */
    CGI,
    /** Wagi 0.8. */
    WAGI
}
