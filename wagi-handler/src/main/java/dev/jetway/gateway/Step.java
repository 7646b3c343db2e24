package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.http.RequestHead;
import dev.jetway.http.ResponseHead;

/** The end of a pass through the pipeline. */
sealed interface Step {
    /** The response is complete. */
    record Done() implements Step {}

    /**
     * A response without a body, not written by a guest.
     *
     * @param head the response
     */
    record Answered(ResponseHead head) implements Step {}

    /**
     * Jetty sends a file; only its last bytes are missing.
     *
     * @param status of the response
     * @param bytes of its body
     */
    record Sent(int status, long bytes) implements Step {}

    /**
     * A local redirect (RFC 3875 §6.2.2).
     *
     * @param head the head of the next request
     */
    record Again(RequestHead head) implements Step {}

    /**
     * A failure.
     *
     * @param failure the failure
     */
    record Failed(Failure failure) implements Step {}
}
