package dev.jetway.server.config;

import dev.jetway.cgi.SourcePosition;

/**
 * Something wrong in a configuration file.
 *
 * @param severity whether the server can go on
 * @param position where
 * @param message what, and what to do
 */
public record Problem(Severity severity, SourcePosition position, String message) {
    /** How bad a problem is. */
    public enum Severity {
        /** Nothing is served. */
        ERROR,
        /** Served all the same. */
        WARNING
    }

    /** {@code conf/modules.toml:12: error: …}. */
    @Override
    public String toString() {
        String word = severity == Severity.ERROR ? "error" : "warning";
        return position + ": " + word + ": " + message;
    }
}
