package dev.jetway.server.cli;

/** A server that has been started. */
public interface RunningServer extends AutoCloseable {
    /** Waits until the server has been closed. */
    void awaitStop() throws InterruptedException;

    @Override
    void close();
}
