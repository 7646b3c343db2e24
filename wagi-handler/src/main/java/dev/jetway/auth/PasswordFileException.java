package dev.jetway.auth;

/** A password file that cannot be used. */
public final class PasswordFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    PasswordFileException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line number, from 1. */
    public int line() {
        return line;
    }
}
