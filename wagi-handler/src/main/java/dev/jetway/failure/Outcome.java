package dev.jetway.failure;

/** The end of a request, as metrics and logs name it. */
public enum Outcome {
    /** The response is complete. */
    OK("ok"),
    /** The guest redirected the request inside the server. */
    LOCAL_REDIRECT("local-redirect"),
    /** {@link Failure.NoRoute}. */
    NO_ROUTE("no-route"),
    /** {@link Failure.BadRequest}. */
    BAD_REQUEST("bad-request"),
    /** {@link Failure.MethodNotAllowed}. */
    METHOD("method"),
    /** {@link Failure.PreconditionFailed}. */
    PRECONDITION("precondition"),
    /** {@link Failure.RangeNotSatisfiable}. */
    RANGE("range"),
    /** {@link Failure.NotImplemented}. */
    NOT_IMPLEMENTED("not-implemented"),
    /** {@link Failure.NotTaken}. */
    HTTP("http"),
    /** {@link Failure.Misdirected}. */
    MISDIRECTED("misdirected"),
    /** {@link Failure.Unreadable}. */
    UNREADABLE("unreadable"),
    /** {@link Failure.Unauthorized}. */
    UNAUTHORIZED("unauthorized"),
    /** {@link Failure.ModuleUnavailable}. */
    MODULE("module"),
    /** {@link Failure.SiteUnavailable}. */
    SITE("site"),
    /** {@link Failure.Overloaded}. */
    OVERLOAD("overload"),
    /** {@link Failure.RateLimited}. */
    RATE_LIMIT("rate-limit"),
    /** {@link Failure.BodyTooLarge}. */
    BODY_LIMIT("body-limit"),
    /** {@link Failure.BodyTooSlow}. */
    BODY_TIMEOUT("body-timeout"),
    /** {@link Failure.TimeLimit}. */
    TIME_LIMIT("time-limit"),
    /** {@link Failure.CpuLimit}. */
    CPU_LIMIT("cpu-limit"),
    /** {@link Failure.ResponseTooLarge}. */
    RESPONSE_LIMIT("response-limit"),
    /** {@link Failure.InvalidResponse}. */
    INVALID_RESPONSE("invalid-response"),
    /** {@link Failure.Trapped}. */
    TRAP("trap"),
    /** {@link Failure.NoResponse}. */
    NO_RESPONSE("no-response"),
    /** {@link Failure.ClientGone}. */
    CLIENT_GONE("client-gone"),
    /** {@link Failure.HostFault}. */
    HOST_FAULT("host-fault");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The name in metrics and logs. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
