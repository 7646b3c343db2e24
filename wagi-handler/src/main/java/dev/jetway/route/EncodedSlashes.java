package dev.jetway.route;

/** The handling of slashes that a client has encoded ({@code %2F}) in a path. */
public enum EncodedSlashes {
    /** The request is refused; Apache's {@code AllowEncodedSlashes Off}. */
    REFUSE,
    /** {@code PATH_INFO} keeps them encoded; Apache's {@code NoDecode}. */
    PASS,
    /** {@code PATH_INFO} has slashes; Apache's {@code On}. */
    DECODE
}
