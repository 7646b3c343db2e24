package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.http.RequestHead;
import dev.jetway.http.ResponseHead;

/** How a pass through the pipeline ends. */
sealed interface Step {
    /** The response is complete. */
    record Done() implements Step {}

    /**
     * A response without a body, which no guest has written.
     *
     * @param head all of it
     */
    record Answered(ResponseHead head) implements Step {}

    /**
     * Jetty sends a file, the last bytes now.
     *
     * @param status of the response
     * @param bytes of its body
     */
    record Sent(int status, long bytes) implements Step {}

    /**
     * The guest sent the request elsewhere on this server (RFC 3875 §6.2.2).
     *
     * @param head the head of the request that takes its place
     */
    record Again(RequestHead head) implements Step {}

    /**
     * There is no response of the route's.
     *
     * @param failure why
     */
    record Failed(Failure failure) implements Step {}
}
