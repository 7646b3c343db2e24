package dev.jetway.base;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts that a server has opened. They are closed in reverse order, each even if others fail.
 * Used by one thread at a time.
 */
public final class OpenedParts {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Adds a part to be closed. */
    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Closes all parts, once each. Failures are added to {@code cause}. */
    public void closeAfter(Throwable cause) {
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
     * @throws IllegalStateException if a part could not be closed, with all failures
     */
    public void close() {
        var trouble = new IllegalStateException("not everything could be closed");
        closeAfter(trouble);
        if (trouble.getSuppressed().length > 0) {
            throw trouble;
        }
    }
}
