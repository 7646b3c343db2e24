package dev.jetway.embedding;

/** The rules by which requests and responses are translated. */
public enum Dialect {
    /** CGI/1.1 (RFC 3875): no part of the request becomes an argument. */
    CGI,
    /** Wagi: the parts of the query are the arguments. */
    WAGI
}
