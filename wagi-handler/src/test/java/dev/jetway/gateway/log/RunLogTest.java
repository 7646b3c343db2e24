package dev.jetway.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Limit;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.http.Endpoint;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunLogTest {
    private static final RequestHead HEAD =
            new RequestHead(
                    "id-1",
                    "GET",
                    RequestTarget.parse("/a").orElseThrow(),
                    "HTTP/1.1",
                    false,
                    Optional.of("example.org"),
                    List.of(),
                    new Endpoint("192.0.2.7", 1234),
                    new Endpoint("192.0.2.1", 80),
                    Optional.empty());

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final RunLog log = new RunLog(line -> lines.add(line.toString()), now::get);

    private static RunRecord record(Outcome outcome, String detail, List<Limit> limits) {
        return new RunRecord(
                Optional.of(Site.DEFAULT),
                Optional.of(new RoutePattern("/a")),
                HEAD,
                Optional.empty(),
                false,
                502,
                outcome,
                detail,
                limits,
                Duration.ofMillis(7),
                Duration.ofNanos(20_000),
                Duration.ofMillis(5),
                Duration.ofMillis(3),
                0,
                0,
                new ByteSize(0));
    }

    @Test
    void aFailureIsOneLineWithSiteRouteReasonLimitsAndTimes() {
        log.ended(record(Outcome.TRAP, "unreachable\nforged", List.of(Limit.MEMORY, Limit.STDERR)));

        assertThat(lines)
                .containsExactly(
                        "site default route /a: GET 502 trap: unreachable\\u000aforged"
                                + " [limit memory, stderr] (7 ms, guest 5 ms, processor 3 ms)");
    }

    @Test
    void aSuccessIsNotLoggedUnlessALimitWasHit() {
        log.ended(record(Outcome.OK, "", List.of()));
        assertThat(lines).isEmpty();

        log.ended(record(Outcome.OK, "", List.of(Limit.STDERR)));
        assertThat(lines).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "OK",
                "LOCAL_REDIRECT",
                "NO_ROUTE",
                "BAD_REQUEST",
                "CLIENT_GONE",
                "HTTP",
                "UNAUTHORIZED",
                "METHOD",
                "PRECONDITION",
                "NOT_IMPLEMENTED"
            })
    void whatARequestHasCausedIsNoLine(Outcome outcome) {
        log.ended(record(outcome, "", List.of()));

        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "OVERLOAD",
                "RATE_LIMIT",
                "BODY_LIMIT",
                "TIME_LIMIT",
                "CPU_LIMIT",
                "NO_RESPONSE",
                "TRAP",
                "INVALID_RESPONSE",
                "MODULE",
                "HOST_FAULT"
            })
    void whatAnOperatorOrAnAuthorCanMendIsALine(Outcome outcome) {
        log.ended(record(outcome, "", List.of()));

        assertThat(lines).hasSize(1);
    }

    @Test
    void aLocalRedirectIsASuccess() {
        log.ended(record(Outcome.LOCAL_REDIRECT, "", List.of()));

        assertThat(lines).isEmpty();
    }

    @Test
    void aFloodOfFailuresIsCountedAndNotWritten() {
        for (int i = 0; i < RunLog.MAX_LINES; i++) {
            log.ended(record(Outcome.TRAP, "", List.of()));
        }
        assertThat(lines).hasSize(RunLog.MAX_LINES);
        log.ended(record(Outcome.TRAP, "", List.of()));
        log.ended(record(Outcome.TRAP, "", List.of()));
        assertThat(lines).hasSize(RunLog.MAX_LINES);

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        log.ended(record(Outcome.TRAP, "", List.of()));
        assertThat(lines).hasSize(RunLog.MAX_LINES + 2);
        assertThat(lines.get(RunLog.MAX_LINES))
                .isEqualTo("2 more requests failed or hit a limit: see the metrics");
    }
}
