package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.http.RequestHead;

/** How a pass through the pipeline ends. */
sealed interface Step {
    /** The response is complete. */
    record Done() implements Step {}

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
