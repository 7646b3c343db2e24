package dev.jetway.auth;

/** The result of verifying a user's name and password. */
public enum Verdict {
    /** Both are right. */
    RIGHT,
    /** One of them is wrong. */
    WRONG,
    /** The queue of verifications is full. */
    BUSY
}
