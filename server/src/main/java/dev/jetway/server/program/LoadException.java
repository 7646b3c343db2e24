package dev.jetway.server.program;

/** A route's module cannot be run; the message gives the reason on one line. */
final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    private LoadException(String reason, boolean temporary) {
        super(reason);
        this.temporary = temporary;
    }

    /** A failure that lasts until the module changes. */
    static LoadException permanent(String reason) {
        return new LoadException(reason, false);
    }

    /** A failure because the host lacks a resource; may be over soon. */
    static LoadException temporary(String reason) {
        return new LoadException(reason, true);
    }

    boolean isTemporary() {
        return temporary;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
