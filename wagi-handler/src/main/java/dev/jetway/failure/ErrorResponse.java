package dev.jetway.failure;

import dev.jetway.http.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The response to a failure: a status and one sentence, nothing about the host. The only place
 * where failures become statuses.
 *
 * @param status the HTTP status
 * @param outcome the failure's name in metrics and logs
 * @param text one sentence for the client
 * @param detail the cause, for the log
 * @param fields fields that are sent with any page: {@code Retry-After} and the like
 */
public record ErrorResponse(
        int status, Outcome outcome, String text, String detail, List<Field> fields) {
    /** The response to a failure. */
    public static ErrorResponse of(Failure failure) {
        return switch (failure) {
            case Failure.NoRoute f ->
                    of(404, Outcome.NO_ROUTE, "There is nothing at this address.", "no route");
            case Failure.BadRequest f ->
                    of(400, Outcome.BAD_REQUEST, "The request is malformed.", f.reason());
            case Failure.MethodNotAllowed f ->
                    new ErrorResponse(
                            405,
                            Outcome.METHOD,
                            "This address does not take requests of this kind.",
                            "method not allowed",
                            List.of(new Field("Allow", f.allow())));
            case Failure.PreconditionFailed f ->
                    of(
                            412,
                            Outcome.PRECONDITION,
                            "The page is not what the request expects it to be.",
                            "a condition of the request is not met");
            case Failure.RangeNotSatisfiable f ->
                    new ErrorResponse(
                            416,
                            Outcome.RANGE,
                            "The file has no such part.",
                            "no range within " + f.size() + " bytes",
                            List.of(new Field("Content-Range", "bytes */" + f.size())));
            case Failure.NotImplemented f ->
                    of(
                            501,
                            Outcome.NOT_IMPLEMENTED,
                            "The server cannot do what this request needs.",
                            f.reason());
            case Failure.NotTaken f ->
                    of(
                            f.status(),
                            Outcome.HTTP,
                            "The server did not take this request.",
                            "refused by the HTTP layer");
            // RFC 9110 §15.5.20: the client may ask again on another connection.
            case Failure.Misdirected _ ->
                    of(
                            421,
                            Outcome.MISDIRECTED,
                            "This connection is for another host.",
                            "the host is not that of the TLS connection");
            // RFC 9110 §15.5.4, as in Apache.
            case Failure.Unreadable _ ->
                    of(
                            403,
                            Outcome.UNREADABLE,
                            "The server may not show this.",
                            "no permission to read the file or a folder on the way to it");
            case Failure.ModuleUnavailable f ->
                    of(503, Outcome.MODULE, "This program is not available.", f.reason());
            case Failure.SiteUnavailable f ->
                    of(503, Outcome.SITE, "This site is not available.", "site " + f.reason());
            case Failure.Overloaded f ->
                    new ErrorResponse(
                            503,
                            Outcome.OVERLOAD,
                            "The server is busy: try again in a moment.",
                            f.reason(),
                            List.of(retryAfter(f.retryAfter())));
            case Failure.RateLimited f ->
                    new ErrorResponse(
                            429,
                            Outcome.RATE_LIMIT,
                            "There were too many requests: try again in a moment.",
                            "over the limit '" + f.limit().label() + "'",
                            List.of(retryAfter(f.retryAfter())));
            case Failure.Unauthorized f ->
                    new ErrorResponse(
                            401,
                            Outcome.UNAUTHORIZED,
                            "This address asks for a name and a password, or a token.",
                            "no valid credentials",
                            List.of(new Field("WWW-Authenticate", f.challenge())));
            case Failure.BodyTooLarge f ->
                    of(
                            413,
                            Outcome.BODY_LIMIT,
                            "The request is larger than this address takes.",
                            "request body over " + f.limit());
            case Failure.BodyTooSlow f ->
                    of(
                            408,
                            Outcome.BODY_TIMEOUT,
                            "The request did not arrive in time.",
                            "the request's body stopped coming");
            case Failure.TimeLimit f ->
                    of(
                            504,
                            Outcome.TIME_LIMIT,
                            "The program took too long.",
                            "ran longer than " + f.limit().toMillis() + " ms");
            case Failure.CpuLimit f ->
                    of(
                            504,
                            Outcome.CPU_LIMIT,
                            "The program took too long.",
                            "used more than " + f.limit().toMillis() + " ms of a processor");
            case Failure.ResponseTooLarge f ->
                    program(Outcome.RESPONSE_LIMIT, "wrote a body over " + f.limit());
            case Failure.InvalidResponse f -> program(Outcome.INVALID_RESPONSE, f.reason());
            case Failure.Trapped f -> program(Outcome.TRAP, f.reason());
            case Failure.NoResponse f ->
                    program(
                            Outcome.NO_RESPONSE,
                            "ended with exit code "
                                    + f.exitCode()
                                    + " before its header block was complete");
            case Failure.ClientGone f ->
                    of(
                            503,
                            Outcome.CLIENT_GONE,
                            "The request was cancelled.",
                            "the client went away");
            case Failure.HostFault f ->
                    of(500, Outcome.HOST_FAULT, "The server failed.", f.reason());
        };
    }

    /** This response with more fields; each name is kept once. */
    public ErrorResponse with(List<Field> more) {
        var all = new ArrayList<>(fields);
        for (Field field : more) {
            if (fields.stream().noneMatch(f -> f.is(field.name()))) {
                all.add(field);
            }
        }
        return new ErrorResponse(status, outcome, text, detail, all);
    }

    private static ErrorResponse program(Outcome outcome, String detail) {
        return of(502, outcome, "The program behind this address failed.", detail);
    }

    private static ErrorResponse of(int status, Outcome outcome, String text, String detail) {
        return new ErrorResponse(status, outcome, text, detail, List.of());
    }

    /** The time in whole seconds, rounded up (RFC 9110 §10.2.3). */
    private static Field retryAfter(Duration time) {
        return new Field(
                "Retry-After", Long.toString(time.plusSeconds(1).minusNanos(1).toSeconds()));
    }
}
