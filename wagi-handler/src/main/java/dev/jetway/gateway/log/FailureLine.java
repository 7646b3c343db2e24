package dev.jetway.gateway.log;

import dev.jetway.base.LogText;
import dev.jetway.failure.Limit;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a failed request, for the operator's log and for that of a site. */
public final class FailureLine {
    private FailureLine() {}

    /** Whether a request failed or hit a limit, so that an operator or an author can act. */
    public static boolean isWorthy(RunRecord run) {
        return switch (run.outcome()) {
            case OK, LOCAL_REDIRECT, NO_ROUTE, BAD_REQUEST, CLIENT_GONE -> !run.limits().isEmpty();
            case HTTP,
                    SITE,
                    UNAUTHORIZED,
                    METHOD,
                    PRECONDITION,
                    RANGE,
                    NOT_IMPLEMENTED,
                    MISDIRECTED ->
                    false;
            case UNREADABLE,
                    MODULE,
                    OVERLOAD,
                    RATE_LIMIT,
                    BODY_LIMIT,
                    BODY_TIMEOUT,
                    TIME_LIMIT,
                    CPU_LIMIT,
                    RESPONSE_LIMIT,
                    INVALID_RESPONSE,
                    TRAP,
                    NO_RESPONSE,
                    HOST_FAULT ->
                    true;
        };
    }

    /** The whole text. */
    public static String of(RunRecord run) {
        return text(run, run.detail());
    }

    /** The text without anything about the host. */
    public static String forTenant(RunRecord run) {
        return text(
                run,
                run.outcome() == Outcome.HOST_FAULT
                        ? "a fault of the server: ask the provider, with the id of this request"
                        : run.detail());
    }

    private static String text(RunRecord run, String detail) {
        return LogText.escape(run.method())
                + " "
                + run.status()
                + " "
                + run.outcome()
                + (detail.isEmpty() ? "" : ": " + LogText.escape(detail))
                + limits(run.limits())
                + " ("
                + run.duration().toMillis()
                + " ms, guest "
                + run.guestTime().toMillis()
                + " ms, processor "
                + run.cpuTime().toMillis()
                + " ms)";
    }

    private static String limits(List<Limit> limits) {
        return limits.isEmpty()
                ? ""
                : limits.stream()
                        .map(Limit::label)
                        .collect(Collectors.joining(", ", " [limit ", "]"));
    }
}
