package dev.jetway.failure;

import dev.jetway.base.ByteSize;
import java.time.Duration;
import java.util.Optional;

/**
 * The reason why a guest has not answered a request. {@link ErrorResponse} is its form for the
 * client.
 */
public sealed interface Failure {
    /** The limit that caused the failure, if one did. */
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
                    Unreadable _,
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

    /** No route matches the path. */
    record NoRoute() implements Failure {}

    /**
     * The request itself cannot be passed to a guest.
     *
     * @param reason what is wrong with it
     */
    record BadRequest(String reason) implements Failure {}

    /**
     * The route does not allow the method.
     *
     * @param allow the value of {@code Allow}
     */
    record MethodNotAllowed(String allow) implements Failure {}

    /** The response of the program does not meet a condition of the request (RFC 9110 §13). */
    record PreconditionFailed() implements Failure {}

    /**
     * The requested ranges contain no byte of the file (RFC 9110 §15.5.17).
     *
     * @param size bytes of the file
     */
    record RangeNotSatisfiable(long size) implements Failure {}

    /**
     * The request needs a feature that the server does not have.
     *
     * @param reason the feature
     */
    record NotImplemented(String reason) implements Failure {}

    /**
     * The HTTP layer refused the request, whose head could be read.
     *
     * @param status its answer
     */
    record NotTaken(int status) implements Failure {}

    /** The request is for another host than its TLS connection. */
    record Misdirected() implements Failure {}

    /** The server's user may not read the file or a folder on the way to it. */
    record Unreadable() implements Failure {}

    /**
     * The client has not proved that it may use the route.
     *
     * @param challenge the value of {@code WWW-Authenticate}
     */
    record Unauthorized(String challenge) implements Failure {}

    /**
     * The route's module could not be loaded.
     *
     * @param reason the cause
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
     * @param limit the limit that was reached
     * @param reason the missing resource
     * @param retryAfter time after which to try again
     */
    record Overloaded(Limit limit, String reason, Duration retryAfter) implements Failure {}

    /**
     * The rate of requests is too high.
     *
     * @param limit the limit that was reached
     * @param retryAfter time until one more is allowed
     */
    record RateLimited(Limit limit, Duration retryAfter) implements Failure {}

    /**
     * The request's body is larger than allowed.
     *
     * @param limit the limit
     */
    record BodyTooLarge(ByteSize limit) implements Failure {}

    /** No byte of the request's body arrived within the idle timeout of a connection. */
    record BodyTooSlow() implements Failure {}

    /**
     * The guest ran too long.
     *
     * @param limit the limit
     */
    record TimeLimit(Duration limit) implements Failure {}

    /**
     * The guest used too much processor time.
     *
     * @param limit the limit
     */
    record CpuLimit(Duration limit) implements Failure {}

    /**
     * The guest wrote too much.
     *
     * @param limit the limit of the response's body
     */
    record ResponseTooLarge(ByteSize limit) implements Failure {}

    /**
     * The guest's output is not a CGI response.
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
     * A fault of the server.
     *
     * @param reason the cause
     */
    record HostFault(String reason) implements Failure {}
}
