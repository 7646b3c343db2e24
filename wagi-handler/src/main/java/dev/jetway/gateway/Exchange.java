package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.files.StaticFile;
import dev.jetway.http.RequestHead;
import dev.jetway.route.BodyLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One request and its response, as the pipeline sees them. */
public interface Exchange {
    /** The request without its body. */
    RequestHead head();

    /** The response. */
    ResponseChannel response();

    /**
     * Collects the body without holding a thread, then calls one of the two.
     *
     * @param ready takes the complete body and closes it
     * @param failed takes the failure: a body over its limit, or a client that has gone
     */
    void collectBody(BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed);

    /** The body as a stream, read by the guest as it arrives: {@code request-body = "stream"}. */
    RequestBody streamBody(BodyLimits limits);

    /**
     * Sets the call for a client that goes away, which may come more than once.
     *
     * @param halfClosedTime time after which a client that has closed its sending side counts as
     *     gone; empty for never: it may still wait for the response (RFC 9112 §9.6)
     */
    void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime);

    /**
     * A time at which the request had begun to arrive, in nanoseconds of {@link System#nanoTime}.
     *
     * @param now such a time, if no earlier one is known
     */
    default long arrived(long now) {
        return now;
    }

    /** Runs work that may wait for a disk, on this or on another thread. */
    void offload(Runnable work);

    /**
     * Sends a file in place of a guest's writes to {@link #response}. Never blocks for the client.
     *
     * @param asked the request that the file answers; after an error, the request for its page
     * @param end called once
     */
    void send(StaticFile file, RequestHead asked, FileEnd end);

    /** Called every few milliseconds while a guest runs; never blocks. */
    void tick();
}
