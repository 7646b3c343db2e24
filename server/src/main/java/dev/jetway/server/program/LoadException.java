package dev.jetway.server.program;

/** A route's module that cannot be run; the message says why, on one line. */
final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private LoadException(String reason, boolean passing) {
        super(reason);
        this.passing = passing;
    }

    /** Until the module changes. */
    static LoadException lasting(String reason) {
        return new LoadException(reason, false);
    }

    /** Perhaps not for long, for it is the host that lacks something. */
    static LoadException passing(String reason) {
        return new LoadException(reason, true);
    }

    boolean isPassing() {
        return passing;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
