package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Limit;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.Access;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import dev.jetway.server.TestHeads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorLogTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:15:30Z");
    private static final Route ROUTE =
            new Route(
                    Site.DEFAULT,
                    new RoutePattern("/blog/..."),
                    Access.OPEN,
                    ErrorPages.NONE,
                    new SourcePosition("site.toml", 1),
                    new Refuse(Refuse.Reason.NOTHING_HERE));

    @TempDir private Path folder;
    private final LogFiles files =
            new LogFiles(Rotation.bySize(1 << 30, 1), InstantSource.system());

    private ErrorLog log(ErrorFormat format) {
        return new ErrorLog(
                files,
                format,
                _ -> Optional.of(new LogPlace(folder, true)),
                InstantSource.fixed(NOW));
    }

    private List<String> written() throws IOException {
        files.start();
        files.close();
        Path file = folder.resolve(ErrorLog.FILE);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static RunRecord record(Outcome outcome, String detail) {
        return new RunRecord(
                Optional.of(Site.DEFAULT),
                Optional.of(ROUTE.pattern()),
                TestHeads.get("/blog/1"),
                Optional.empty(),
                false,
                502,
                outcome,
                detail,
                List.of(Limit.MEMORY),
                Duration.ofMillis(7),
                Duration.ofNanos(20_000),
                Duration.ofMillis(5),
                Duration.ofMillis(3),
                0,
                0,
                new ByteSize(0));
    }

    private void print(ErrorLog log, String text) throws IOException {
        try (OutputStream stderr = new StderrLog(Optional.of(log)).of(ROUTE).open("id1")) {
            stderr.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatAGuestPrints_isALineEach_withTimeIdAndRoute() throws Exception {
        print(log(ErrorFormat.TEXT), "Warning: a\tb\nforged \u001b[2J\nno end");

        assertThat(written())
                .containsExactly(
                        "2026-11-26T10:15:30Z id1 stderr /blog/...: Warning: a\\u0009b",
                        "2026-11-26T10:15:30Z id1 stderr /blog/...: forged \\u001b[2J",
                        "2026-11-26T10:15:30Z id1 stderr /blog/...: no end");
    }

    @Test
    void aFailure_isALineWithItsReason() throws Exception {
        var run = record(Outcome.TRAP, "unreachable\nforged");
        log(ErrorFormat.TEXT).ended(run);

        assertThat(written())
                .containsExactly(
                        "2026-11-26T10:15:30Z "
                                + run.head().id()
                                + " failure /blog/...: GET 502 trap: unreachable\\u000aforged"
                                + " [limit memory] (7 ms, guest 5 ms, processor 3 ms)");
    }

    @Test
    void aFaultOfTheServer_tellsNothingAboutTheHost() throws Exception {
        log(ErrorFormat.TEXT).ended(record(Outcome.HOST_FAULT, "java.io.IOException: /srv/secret"));

        assertThat(written())
                .singleElement()
                .asString()
                .contains("host-fault: a fault of the server: ask the provider")
                .doesNotContain("IOException", "/srv");
    }

    @Test
    void json_hasAnObjectALine() throws Exception {
        print(log(ErrorFormat.JSON), "say \"a\"\n");

        assertThat(written())
                .containsExactly(
                        "{\"time\":\"2026-11-26T10:15:30Z\",\"id\":\"id1\",\"source\":\"stderr\","
                                + "\"route\":\"\\/blog\\/...\",\"text\":\"say \\\"a\\\"\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_ROUTE", "UNAUTHORIZED", "METHOD", "HTTP", "SITE"})
    void whatAClientHasCaused_isNoLine(Outcome outcome) throws Exception {
        var log = log(ErrorFormat.TEXT);
        var run = record(outcome, "");
        log.ended(
                new RunRecord(
                        run.site(),
                        run.route(),
                        run.head(),
                        run.user(),
                        false,
                        404,
                        outcome,
                        "",
                        List.of(),
                        run.duration(),
                        run.startTime(),
                        run.guestTime(),
                        run.cpuTime(),
                        0,
                        0,
                        run.memory()));

        assertThat(written()).isEmpty();
    }

    @Test
    void theLinesOfARun_areOneEntryOfTheQueue() throws Exception {
        print(log(ErrorFormat.TEXT), "a line\n".repeat(5000));

        assertThat(files.waiting()).isEqualTo(1);
        assertThat(written()).hasSize(5000);
        assertThat(files.dropped()).isZero();
    }

    @Test
    void textOverTheBoundOfASite_isDroppedAndCounted_untilItIsWritten() throws Exception {
        var log = log(ErrorFormat.TEXT);
        int length = "2026-11-26T10:15:30Z id1 stderr /blog/...: 1234567890\n".length();
        int fitting = ErrorLog.MAX_WAITING / length;
        print(log, "1234567890\n".repeat(fitting));
        assertThat(files.dropped()).isZero();
        print(log, "1234567890\n".repeat(2));
        assertThat(files.dropped()).isEqualTo(2);

        assertThat(written()).hasSize(fitting);
        print(log, "1234567890\n");
        assertThat(files.dropped()).isEqualTo(2);
    }
}
