package dev.jetway.sandbox;

/** Something that a thread waits for. */
@FunctionalInterface
public interface Wait {
    /**
     * Returns when it has come.
     *
     * @throws InterruptedException if the thread is to do something else
     */
    void await() throws InterruptedException;
}
