package dev.jetway.server;

/** A route's module that cannot be run; the message says why, on one line. */
final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    LoadException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
