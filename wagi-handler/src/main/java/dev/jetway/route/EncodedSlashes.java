package dev.jetway.route;

/** What becomes of a slash that a client has encoded ({@code %2F}) in a path. */
public enum EncodedSlashes {
    /** The request is refused; Apache's {@code AllowEncodedSlashes Off}. */
    REFUSE,
    /** {@code PATH_INFO} has it as it came; Apache's {@code NoDecode}. */
    PASS,
    /** {@code PATH_INFO} has a slash; Apache's {@code On}. */
    DECODE
}
