package dev.jetway.server.cli;

import java.net.URI;

/** A server that has been started. */
public interface RunningServer extends AutoCloseable {
    /** The address for requests, with the actual port. */
    URI uri();

    /** Waits until the server has been closed. */
    void awaitStop() throws InterruptedException;

    @Override
    void close();
}
