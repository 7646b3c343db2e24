package dev.jetway.gateway;

import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run reads and writes beside its response. Closed once the request has ended, whatever the
 * run came to; closing again does nothing.
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

    /** Takes the guest's standard error. */
    OutputStream stderr(OutputStream opened) {
        stderr = opened;
        return opened;
    }

    /** A stream that cannot be closed changes nothing of the answer. */
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
