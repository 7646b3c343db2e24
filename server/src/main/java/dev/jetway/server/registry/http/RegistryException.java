package dev.jetway.server.registry.http;

import dev.jetway.base.LogText;
import dev.jetway.base.OneLine;

/**
 * Another machine did not give what was asked for. The message completes a sentence that begins
 * with the reference: what is wrong and, where that is known, what to do, on one line.
 */
public final class RegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    /** An exception with a text of another machine in its message. */
    public static RegistryException of(String message, String theirs) {
        return new RegistryException(message + ": " + shown(theirs));
    }

    /** A text of another machine, fit for a message. */
    public static String shown(String theirs) {
        return LogText.escape(OneLine.of(theirs));
    }

    /** The message. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
