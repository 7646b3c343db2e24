package dev.jetway.failure;

import dev.jetway.base.ByteSize;
import java.time.Duration;
import java.util.Optional;

/** Why a request got no answer of its guest's. {@link ErrorResponse} says what the client sees. */
public sealed interface Failure {
    /** The limit that the failure came of, if it came of one. */
    default Optional<Limit> limitHit() {
        return switch (this) {
            case Overloaded f -> Optional.of(f.limit());
            case RateLimited f -> Optional.of(f.limit());
            case BodyTooLarge _ -> Optional.of(Limit.REQUEST_BODY);
            case BodyTooSlow _ -> Optional.of(Limit.IDLE_TIMEOUT);
            case TimeLimit _ -> Optional.of(Limit.TIME);
            case CpuLimit _ -> Optional.of(Limit.CPU_TIME);
            case ResponseTooLarge _ -> Optional.of(Limit.RESPONSE_BODY);
            case NoRoute _,
                    BadRequest _,
                    MethodNotAllowed _,
                    PreconditionFailed _,
                    RangeNotSatisfiable _,
                    NotImplemented _,
                    NotTaken _,
                    Misdirected _,
                    Unauthorized _,
                    ModuleUnavailable _,
                    SiteUnavailable _,
                    InvalidResponse _,
                    Trapped _,
                    NoResponse _,
                    ClientGone _,
                    HostFault _ ->
                    Optional.empty();
        };
    }

    /** No route takes the path. */
    record NoRoute() implements Failure {}

    /**
     * The request itself cannot be passed to a guest.
     *
     * @param reason what is wrong with it
     */
    record BadRequest(String reason) implements Failure {}

    /**
     * The route does not take the method.
     *
     * @param allow the value of {@code Allow}
     */
    record MethodNotAllowed(String allow) implements Failure {}

    /** A condition of the request is not met by what the program has printed (RFC 9110 §13). */
    record PreconditionFailed() implements Failure {}

    /**
     * No byte of the file lies in the ranges that the request asks for (RFC 9110 §15.5.17).
     *
     * @param size bytes of the file
     */
    record RangeNotSatisfiable(long size) implements Failure {}

    /**
     * The request needs something that the server does not have.
     *
     * @param reason what
     */
    record NotImplemented(String reason) implements Failure {}

    /**
     * The HTTP layer did not take the request, which could be read all the same.
     *
     * @param status what it answered
     */
    record NotTaken(int status) implements Failure {}

    /** The request is for another host than the TLS connection that it came by. */
    record Misdirected() implements Failure {}

    /**
     * The client has not shown that it may use the route.
     *
     * @param challenge the value of {@code WWW-Authenticate}
     */
    record Unauthorized(String challenge) implements Failure {}

    /**
     * The route's module could not be loaded.
     *
     * @param reason what is wrong with it
     */
    record ModuleUnavailable(String reason) implements Failure {}

    /**
     * The site is suspended, or its configuration cannot be used.
     *
     * @param reason which of the two
     */
    record SiteUnavailable(String reason) implements Failure {}

    /**
     * The server has no slot or no memory for another guest.
     *
     * @param limit what was full or used up
     * @param reason what is short
     * @param retryAfter when it may be better
     */
    record Overloaded(Limit limit, String reason, Duration retryAfter) implements Failure {}

    /**
     * More requests came than may.
     *
     * @param limit what was full or used up
     * @param retryAfter when there may be one more
     */
    record RateLimited(Limit limit, Duration retryAfter) implements Failure {}

    /**
     * The request's body is larger than allowed.
     *
     * @param limit the limit
     */
    record BodyTooLarge(ByteSize limit) implements Failure {}

    /** Nothing of the request's body came for as long as a connection may be idle. */
    record BodyTooSlow() implements Failure {}

    /**
     * The guest ran too long.
     *
     * @param limit the limit
     */
    record TimeLimit(Duration limit) implements Failure {}

    /**
     * The guest used more of a processor than it may.
     *
     * @param limit the limit
     */
    record CpuLimit(Duration limit) implements Failure {}

    /**
     * The guest wrote more than it may.
     *
     * @param limit the limit, of the response's body
     */
    record ResponseTooLarge(ByteSize limit) implements Failure {}

    /**
     * The guest's output is no CGI response.
     *
     * @param reason what is wrong with it
     */
    record InvalidResponse(String reason) implements Failure {}

    /**
     * The guest trapped.
     *
     * @param reason the trap
     */
    record Trapped(String reason) implements Failure {}

    /**
     * The guest ended before its header block was complete.
     *
     * @param exitCode its exit code
     */
    record NoResponse(int exitCode) implements Failure {}

    /** The client went away, or the server is stopping. */
    record ClientGone() implements Failure {}

    /**
     * Our own fault.
     *
     * @param reason what happened
     */
    record HostFault(String reason) implements Failure {}
}
