package dev.jetway.sandbox.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A standard input that may block: it can tell whether a read would block, and wait for that. Used
 * by the run's thread only.
 */
public abstract class PolledInput extends InputStream {
    /**
     * Number of bytes that a read returns without blocking.
     *
     * @return 0 at the end; empty if a read would block
     */
    public abstract OptionalLong ready() throws IOException;

    /**
     * Waits until a read would not block.
     *
     * @throws InterruptedException if the run is to end
     */
    public abstract void awaitReady() throws IOException, InterruptedException;

    /**
     * Waits until a read would not block, or the time is over.
     *
     * @throws InterruptedException if the run is to end
     */
    public abstract void awaitReady(Duration atMost) throws IOException, InterruptedException;

    @Override
    public int available() throws IOException {
        return (int) Math.min(ready().orElse(0), Integer.MAX_VALUE);
    }
}
