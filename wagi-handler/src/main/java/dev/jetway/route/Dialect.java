package dev.jetway.route;

/** Whose rules a route follows where CGI and Wagi differ. See docs/cgi.md. */
public enum Dialect {
    /** RFC 3875, and Apache where it says nothing. */
    CGI,
    /** Wagi 0.8. */
    WAGI
}
