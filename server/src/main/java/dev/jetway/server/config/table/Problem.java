package dev.jetway.server.config.table;

import dev.jetway.base.LogText;
import dev.jetway.base.SourcePosition;

/**
 * Something wrong in a configuration file.
 *
 * @param severity whether the server can go on
 * @param position where
 * @param message what, and what to do; cut if it is very long
 */
public record Problem(Severity severity, SourcePosition position, String message) {
    /** Characters of a message. */
    public static final int MAX_MESSAGE = 1000;

    /** Cuts a message that quotes too much of the file. */
    public Problem {
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, MAX_MESSAGE - 1) + "…";
        }
    }

    /** How bad a problem is. */
    public enum Severity {
        /** Nothing is served. */
        ERROR,
        /** Served all the same. */
        WARNING
    }

    /** {@code conf/modules.toml:12: error: …}, one line whatever the file holds. */
    @Override
    public String toString() {
        String word = severity == Severity.ERROR ? "error" : "warning";
        return LogText.escape(position + ": " + word + ": " + message);
    }
}
