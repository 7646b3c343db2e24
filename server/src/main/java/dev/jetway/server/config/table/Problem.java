package dev.jetway.server.config.table;

import dev.jetway.base.LogText;
import dev.jetway.base.SourcePosition;

/**
 * A problem in a configuration file.
 *
 * @param severity whether the server can continue
 * @param position in a file
 * @param message the fault and the remedy; cut if very long
 */
public record Problem(Severity severity, SourcePosition position, String message) {
    /** Maximum characters of a message. */
    public static final int MAX_MESSAGE = 1000;

    /** Cuts a message that quotes too much of the file. */
    public Problem {
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, MAX_MESSAGE - 1) + "…";
        }
    }

    /** The severity of a problem. */
    public enum Severity {
        /** Prevents the configuration from being served. */
        ERROR,
        /** Does not prevent the configuration from being served. */
        WARNING
    }

    /** {@code conf/modules.toml:12: error: …}, one line whatever the file contains. */
    @Override
    public String toString() {
        String word = severity == Severity.ERROR ? "error" : "warning";
        return LogText.escape(position + ": " + word + ": " + message);
    }
}
