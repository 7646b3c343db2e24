package dev.jetway.server.cli;

/** A command line that is not understood; the message is a phrase for its user. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
