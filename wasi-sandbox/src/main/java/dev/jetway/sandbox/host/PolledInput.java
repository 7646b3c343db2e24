package dev.jetway.sandbox.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A standard input whose bytes may be on their way still: it can say whether a read would wait, and
 * wait for that. Used by the run's thread only.
 */
public abstract class PolledInput extends InputStream {
    /**
     * Bytes that a read takes without waiting.
     *
     * @return 0 at the end; empty if a read would wait
     */
    public abstract OptionalLong ready() throws IOException;

    /**
     * Waits until a read would not.
     *
     * @throws InterruptedException if the run is to end
     */
    public abstract void awaitReady() throws IOException, InterruptedException;

    /**
     * Waits until a read would not, or the time is over.
     *
     * @throws InterruptedException if the run is to end
     */
    public abstract void awaitReady(Duration atMost) throws IOException, InterruptedException;

    @Override
    public int available() throws IOException {
        return (int) Math.min(ready().orElse(0), Integer.MAX_VALUE);
    }
}
