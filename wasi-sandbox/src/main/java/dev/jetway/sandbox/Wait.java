package dev.jetway.sandbox;

/** A condition that a thread waits for. */
@FunctionalInterface
public interface Wait {
    /**
     * Returns when the condition holds.
     *
     * @throws InterruptedException if the wait is to end before
     */
    void await() throws InterruptedException;
}
