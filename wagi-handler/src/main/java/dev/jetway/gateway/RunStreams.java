package dev.jetway.gateway;

import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of a run other than its response. Closed after the end of the request, whatever the
 * result; a second close does nothing.
 */
final class RunStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunStreams.class);

    private final RequestBody body;
    private OutputStream stderr = OutputStream.nullOutputStream();
    private boolean closed;

    RunStreams(RequestBody body) {
        this.body = body;
    }

    RequestBody body() {
        return body;
    }

    /** Adds the guest's standard error. */
    OutputStream stderr(OutputStream opened) {
        stderr = opened;
        return opened;
    }

    /** Closes all streams. A failure to close does not change the answer. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (body) {
            stderr.close();
        } catch (IOException e) {
            LOG.debug("a guest's standard error was not closed", e);
        }
    }
}
