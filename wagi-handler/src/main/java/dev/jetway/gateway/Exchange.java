package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.files.StaticFile;
import dev.jetway.http.RequestHead;
import dev.jetway.route.BodyLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One request with its way back, as the server's side of the pipeline offers it. */
public interface Exchange {
    /** The request without its body. */
    RequestHead head();

    /** The way back. */
    ResponseChannel response();

    /**
     * Collects the body without holding a thread, then calls one of the two.
     *
     * @param ready takes the complete body and closes it
     * @param failed takes a body over its limit, or a client that went away
     */
    void collectBody(BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed);

    /** The body as it comes, read by the guest itself: {@code request-body = "stream"}. */
    RequestBody streamBody(BodyLimits limits);

    /**
     * Has {@code cancel} called when the client goes away, perhaps more than once.
     *
     * @param halfClosedTime how long after its sending side was closed it counts as gone; empty:
     *     never, a client may close that and wait for its answer (RFC 9112 §9.6)
     */
    void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime);

    /** Runs work that may wait for a disk, here or on another thread. */
    void offload(Runnable work);

    /**
     * Sends a file instead of what a guest would write to {@link #response}. Never blocks for the
     * client.
     *
     * @param asked the request that the file answers: of an error, the one for its page
     * @param end is told once
     */
    void send(StaticFile file, RequestHead asked, FileEnd end);

    /** Called every few milliseconds while a guest runs; never blocks. */
    void pulse();
}
