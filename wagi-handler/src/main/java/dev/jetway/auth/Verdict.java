package dev.jetway.auth;

/** What became of a user's name and password. */
public enum Verdict {
    /** They are right. */
    RIGHT,
    /** One of them is wrong. */
    WRONG,
    /** Too many are being verified. */
    BUSY
}
