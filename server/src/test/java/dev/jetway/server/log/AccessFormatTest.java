package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import dev.jetway.server.TestHeads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessFormatTest {
    private static final Instant TIME = Instant.parse("2026-11-26T10:15:30Z");

    private static RunRecord record(
            RequestHead head, Optional<String> user, int status, Outcome outcome) {
        return new RunRecord(
                Optional.of(Site.DEFAULT),
                Optional.of(new RoutePattern("/a/...")),
                head,
                user,
                false,
                status,
                outcome,
                "",
                List.of(),
                Duration.ofMillis(7),
                Duration.ofNanos(20_000),
                Duration.ofMillis(5),
                Duration.ofMillis(3),
                11,
                13,
                new ByteSize(65_536));
    }

    private static String combined(RunRecord run) {
        return AccessFormat.COMBINED.of(run, TIME);
    }

    @Test
    void combinedIsApachesFormat() {
        RequestHead head =
                TestHeads.get(
                        "/a/b?c=d",
                        new Field("Referer", "http://example.org/"),
                        new Field("User-Agent", "Test/1.0 (X11)"));

        assertThat(combined(record(head, Optional.of("alice"), 200, Outcome.OK)))
                .matches(
                        "192\\.0\\.2\\.7 - alice \\[26/Nov/2026:\\d\\d:\\d\\d:30 [+-]\\d{4}\\]"
                                + " \"GET /a/b\\?c=d HTTP/1\\.1\" 200 13 \"http://example\\.org/\""
                                + " \"Test/1\\.0 \\(X11\\)\"");
    }

    @ParameterizedTest
    @CsvSource({"0, CLIENT_GONE, 499", "0, TIME_LIMIT, 502", "404, NO_ROUTE, 404"})
    void aCutResponse_hasTheStatusThatToolsKnow(int status, Outcome outcome, int shown) {
        String line = combined(record(TestHeads.get("/"), Optional.empty(), status, outcome));

        assertThat(line).contains("\" " + shown + " 13 \"-\" \"-\"").contains(" - - [");
    }

    @Test
    void noClientEndsAQuotationOrALine() {
        RequestHead head =
                TestHeads.get(
                        "/a",
                        new Field("User-Agent", "x\" 200 1 \"forged\n192.0.2.9 - - ["),
                        new Field("Referer", "\u001b[2J"));
        RunRecord run = record(head, Optional.of("a\"b"), 200, Outcome.OK);

        assertThat(combined(run)).doesNotContain("\n", "\u001b").contains("x\\\" 200 1 \\\"forged");
        assertThat(AccessFormat.JSON.of(run, TIME))
                .doesNotContain("\n", "\u001b")
                .contains("\"user-agent\":\"x\\\" 200 1 \\\"forged\\n192.0.2.9 - - [\"");
    }

    @Test
    void aRedirectedRequest_isShownWithItsOriginalTarget() {
        RequestHead head =
                TestHeads.get("/log-in?a")
                        .redirectedTo(RequestTarget.parse("/home").orElseThrow(), List.of());

        assertThat(combined(record(head, Optional.empty(), 200, Outcome.OK)))
                .contains("\"GET /log-in?a HTTP/1.1\"");
    }

    @Test
    void jsonHasTheFiguresOfTheGuest() {
        String line =
                AccessFormat.JSON.of(
                        record(TestHeads.get("/a/b"), Optional.empty(), 200, Outcome.OK), TIME);

        assertThat(line)
                .isEqualTo(
                        "{\"time\":\"2026-11-26T10:15:30Z\",\"id\":\"id-1\",\"site\":\"default\","
                                + "\"route\":\"\\/a\\/...\",\"client\":\"192.0.2.7\",\"method\":\"GET\","
                                + "\"target\":\"\\/a\\/b\",\"protocol\":\"HTTP\\/1.1\",\"status\":200,"
                                + "\"outcome\":\"ok\",\"bytes-in\":11,\"bytes-out\":13,"
                                + "\"duration-us\":7000,\"start-us\":20,\"guest-us\":5000,"
                                + "\"cpu-us\":3000,\"memory\":65536}");
    }
}
