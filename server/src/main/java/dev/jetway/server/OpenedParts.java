package dev.jetway.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a server has opened so far; closed in the reverse order, each part whatever happened to the
 * others. Used by one thread at a time.
 */
final class OpenedParts {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Takes a part that is to be closed. */
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Closes all parts, once each. What goes wrong is kept with {@code cause}. */
    void closeAfter(Throwable cause) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                cause.addSuppressed(e);
            }
        }
    }

    /**
     * Closes all parts, once each.
     *
     * @throws IllegalStateException if a part could not be closed, with all that went wrong
     */
    void close() {
        var trouble = new IllegalStateException("not everything could be closed");
        closeAfter(trouble);
        if (trouble.getSuppressed().length > 0) {
            throw trouble;
        }
    }
}
