package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.RunOutcome.Trapped;
import dev.jetway.sandbox.StartedGuest.Answer;
import dev.jetway.sandbox.StartedGuest.Request;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.memory.FlatMemory;
import dev.jetway.sandbox.start.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of one request is part of another one that begins after the start-up. */
final class SnapshotRequestTest {
    private static final Request REQUEST = Request.of("", "METHOD", "GET");
    private static final GuestLimits TIGHT =
            GuestLimits.DEFAULT.withWallTime(Duration.ofMillis(100));

    /** Opens the file of the name at 512 in the first volume, and reads it to 640. */
    private static final String READS_FILE =
            """
            (func $file (param $close i32)
              (drop (call $open (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 8)
                (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 72)))
              (i32.store (i32.const 80) (i32.const 640))
              (i32.store (i32.const 84) (i32.const 32))
              (drop (call $read (i32.load (i32.const 72)) (i32.const 80) (i32.const 1)
                (i32.const 88)))
              (if (local.get $close) (then (drop (call $close (i32.load (i32.const 72)))))))
            """;

    private static final String ENVIRONMENT = "(call $environment) (drop (call $pause))\n";

    /** Stores 1,000 numbers. */
    private static final String COUNTS =
            """
            (loop $again
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (i32.store (i32.const 904) (local.get $i))
              (br_if $again (i32.lt_u (local.get $i) (i32.const 1000))))
            (drop (call $pause))
            """;

    private static final String LOOKS = "(local.set $l (i64.load (i32.const 900)))";
    private static final String PRINTS_FILE = "(call $print (i32.const 640) (i32.const 8))";

    /** Its time of day is so late that no file has just changed. */
    private static final Clocks LATE =
            new Clocks() {
                @Override
                public Instant realtime() {
                    return Instant.now().plus(Duration.ofHours(1));
                }

                @Override
                public long monotonic() {
                    return System.nanoTime();
                }

                @Override
                public void sleep(Duration time) throws InterruptedException {
                    Thread.sleep(time);
                }
            };

    @TempDir private Path folder;
    private Sandbox sandbox = TestSandbox.open();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private StartedGuest guest(GuestLimits limits, String functions, String start, String end)
            throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("guest.wat"), StartGuests.text(functions, start, end));
        Path site = Files.createDirectories(folder.resolve("site"));
        return new StartedGuest(sandbox, file, limits, new Volume("/site", site, true));
    }

    private StartedGuest taken(String functions, String start, String end) throws Exception {
        return taken(GuestLimits.DEFAULT, functions, start, end);
    }

    private StartedGuest taken(GuestLimits limits, String functions, String start, String end)
            throws Exception {
        StartedGuest guest = guest(limits, functions, start, end);
        assertThat(guest.take(REQUEST)).isEmpty();
        return guest;
    }

    private static void assertUsed(StartedGuest guest, int times) {
        assertThat(guest.program().snapshots().uses()).isEqualTo(times);
    }

    /** Random numbers asked for in the start, looked at in it or later. */
    @ParameterizedTest
    @ValueSource(strings = {"", LOOKS})
    void randomNumbersAreNew(String look) throws Exception {
        StartedGuest guest =
                taken(
                        "",
                        "(call $environment) (drop (call $random (i32.const 900) (i32.const 8)))"
                                + look
                                + "(drop (call $pause))",
                        "(call $number (i64.load (i32.const 900)))");

        Answer first = guest.answer(REQUEST);
        assertThat(guest.answer(REQUEST)).isNotEqualTo(first);
        assertThat(guest.answer(REQUEST)).isNotEqualTo(first);
        assertUsed(guest, 3);
    }

    /** A clock read in the start, looked at in it or later. */
    @ParameterizedTest
    @ValueSource(strings = {"", LOOKS})
    void timeIsThatOfTheRequest(String look) throws Exception {
        StartedGuest guest =
                taken(
                        "",
                        "(call $environment)"
                                + "(drop (call $clock (i32.const 0) (i64.const 0) (i32.const 900)))"
                                + look
                                + "(drop (call $pause))",
                        "(call $number (i64.load (i32.const 900)))");

        for (int i = 0; i < 2; i++) {
            Instant before = Instant.now();
            String text = guest.answer(REQUEST).text();
            long nanos = Long.parseUnsignedLong(text.lines().toList().getLast(), 16);
            assertThat(Instant.ofEpochSecond(0, nanos)).isBetween(before, Instant.now());
        }
        assertUsed(guest, 2);
    }

    /** Half of a time that the guest has overwritten stays overwritten. */
    @Test
    void whatTheGuestHasOverwrittenStays() throws Exception {
        StartedGuest guest =
                taken(
                        "",
                        """
                        (call $environment)
                        (drop (call $random (i32.const 900) (i32.const 16)))
                        (i64.store (i32.const 900) (i64.const 7))
                        (drop (call $pause))
                        """,
                        "(call $number (i64.load (i32.const 900)))");

        assertThat(guest.answer(REQUEST).text()).endsWith("0000000000000007\n");
        assertUsed(guest, 1);
    }

    @Test
    void aFileThatIsTheSameIsReadOnce() throws Exception {
        late();
        write("first");
        StartedGuest guest =
                taken(READS_FILE, "(call $environment) (call $file (i32.const 1))", PRINTS_FILE);

        assertThat(guest.answer(REQUEST).text()).endsWith("first\0\0\0");
        assertUsed(guest, 1);
    }

    @Test
    void aFileThatHasChangedIsReadAgain() throws Exception {
        late();
        write("first");
        StartedGuest guest =
                taken(READS_FILE, "(call $environment) (call $file (i32.const 1))", PRINTS_FILE);

        write("other");
        assertThat(guest.answer(REQUEST).text()).endsWith("other\0\0\0");
        assertUsed(guest, 0);
        assertThat(guest.program().snapshots().count()).isZero();
    }

    @Test
    void aFileThatAppearsIsRead() throws Exception {
        StartedGuest guest =
                taken(READS_FILE, "(call $environment) (call $file (i32.const 1))", PRINTS_FILE);
        assertThat(guest.answer(REQUEST).text()).endsWith("\0");
        assertUsed(guest, 1);

        write("there");
        assertThat(guest.answer(REQUEST).text()).endsWith("there\0\0\0");
        assertUsed(guest, 1);
    }

    @Test
    void aFileThatStaysOpenIsOpenedByEachRun() throws Exception {
        late();
        write("first");
        StartedGuest guest =
                taken(READS_FILE, "(call $environment) (call $file (i32.const 0))", PRINTS_FILE);
        write("other");

        assertThat(guest.answer(REQUEST).text()).endsWith("other\0\0\0");
    }

    @Test
    void aFileThatHasJustChangedIsReadByEachRun() throws Exception {
        write("first");
        StartedGuest guest =
                taken(READS_FILE, "(call $environment) (call $file (i32.const 1))", PRINTS_FILE);
        write("other");

        assertThat(guest.answer(REQUEST).text()).endsWith("other\0\0\0");
        assertUsed(guest, 1);
    }

    private void late() {
        sandbox.close();
        sandbox = new Sandbox(TestSandbox.WASI, () -> false, LATE, new Random(1));
    }

    private void write(String text) throws Exception {
        Path file = Files.createDirectories(folder.resolve("site")).resolve("site.txt");
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Most of what it does lies before it asks for its environment. */
    @Test
    void requestsWithAnyNumberOfVariablesBeginWithOneSnapshot() throws Exception {
        StartedGuest guest = guest(GuestLimits.DEFAULT, "", COUNTS + ENVIRONMENT, "");
        assertThat(guest.take(variables(3))).isEmpty();

        for (int count : new int[] {0, 1, 3, 40}) {
            assertThat(guest.answer(variables(count)))
                    .isEqualTo(guest.ordinaryAnswer(variables(count)));
        }
        assertUsed(guest, 4);
    }

    /** Hardly anything lies before: what it reads is a condition. */
    @Test
    void aGuestThatAsksForItsEnvironmentEarlyHasASnapshotForEachNumber() throws Exception {
        StartedGuest guest = guest(GuestLimits.DEFAULT, "", ENVIRONMENT + COUNTS, "");
        assertThat(guest.take(variables(3))).isEmpty();

        guest.answer(variables(2));
        guest.answer(variables(4));
        assertUsed(guest, 0);
        guest.answer(variables(3));
        assertUsed(guest, 1);
    }

    /** Wizer's convention: a function that is called in no ordinary run. */
    @Test
    void aGuestMayPrepareForItsSnapshot() throws Exception {
        StartedGuest guest =
                taken(
                        "(func (export \"wizer.initialize\") (global.set $calls (i32.const 40))"
                                + " (i32.store (i32.const 900) (i32.const 7)) (drop (call $pause)))",
                        "(drop (call $pause))" + ENVIRONMENT,
                        LOOKS + "(call $number (local.get $l))");

        String text = "METHOD=GET%016x\n3fe0000000000000\n%016x\n";
        assertThat(guest.ordinaryAnswer(REQUEST).text()).isEqualTo(text.formatted(2, 0));
        assertThat(guest.answer(REQUEST).text()).isEqualTo(text.formatted(43, 7));
        assertThat(guest.answer(REQUEST).text()).isEqualTo(text.formatted(43, 7));
        assertUsed(guest, 2);
    }

    /** Three pages of six are half, and leave room for requests. */
    @ParameterizedTest
    @CsvSource({"6, 43", "5, 2"})
    void aGuestPreparesWithinHalfOfItsMemory(int pages, int calls) throws Exception {
        StartedGuest guest =
                taken(
                        GuestLimits.DEFAULT.withMemory(ByteSize.ofKibibytes(64L * pages)),
                        "(func (export \"wizer.initialize\") (global.set $calls (i32.const 41))"
                                + " (drop (memory.grow (i32.const 1))))",
                        "(drop (call $pause))" + ENVIRONMENT,
                        "");

        assertThat(guest.answer(REQUEST).text())
                .isEqualTo("METHOD=GET%016x\n3fe0000000000000\n".formatted(calls));
        assertUsed(guest, 1);
    }

    /** In the function itself, or because of it. */
    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "(global.set $calls (i32.const 40))"})
    void aGuestThatFailsIfPreparedIsNot(String initializer) throws Exception {
        StartedGuest guest =
                taken(
                        "(func (export \"wizer.initialize\") " + initializer + ")",
                        "(drop (call $pause)) (if (i32.gt_u (global.get $calls) (i32.const 40))"
                                + " (then unreachable))"
                                + ENVIRONMENT,
                        "");

        assertThat(guest.answer(REQUEST)).isEqualTo(guest.ordinaryAnswer(REQUEST));
        assertUsed(guest, 1);
    }

    @Test
    void limitsHoldInFunctionsThatGoOn() throws Exception {
        StartedGuest endless =
                taken(TIGHT, "", "(call $environment) (drop (call $pause))", "(loop (br 0))");
        assertThat(endless.answer(REQUEST).outcome())
                .isEqualTo(new TimeLimitReached(TIGHT.wallTime()));
        assertUsed(endless, 1);
    }

    @Test
    void aGuestThatGoesOnMayTrap() throws Exception {
        StartedGuest traps = taken("", "(call $environment) (drop (call $pause))", "unreachable");
        assertThat(traps.answer(REQUEST).outcome()).isInstanceOf(Trapped.class);
        assertUsed(traps, 1);
    }

    @Test
    void aGuestThatGoesOnMayExhaustItsStack() throws Exception {
        StartedGuest deep =
                taken(
                        "(func $deep (param i64) (call $deep (local.get 0)) (call $deep (local.get"
                                + " 0)))",
                        "(call $environment) (drop (call $pause))",
                        "(call $deep (i64.const 1))");
        assertThat(deep.answer(REQUEST).outcome()).isEqualTo(new Trapped("call stack exhausted"));
        assertUsed(deep, 1);
    }

    @Test
    void aGuestThatGoesOnHasNoMoreMemoryThanItsLimit() throws Exception {
        StartedGuest grows =
                taken(
                        GuestLimits.DEFAULT.withMemory(ByteSize.ofKibibytes(64 * 4)),
                        "",
                        "(call $environment) (drop (memory.grow (i32.const 1))) (drop (call"
                                + " $pause))",
                        "(call $number (i64.extend_i32_s (memory.grow (i32.const 2))))"
                                + "(call $number (i64.extend_i32_s (memory.grow (i32.const 1))))");
        assertThat(grows.answer(REQUEST).text()).endsWith("ffffffffffffffff\n0000000000000003\n");
        assertUsed(grows, 1);
    }

    /** After a run all of the memory is what the snapshot says, with zeros behind it. */
    @Test
    void theResetRestoresTheSnapshot() throws Exception {
        StartedGuest guest =
                taken(
                        "(func $none)",
                        "(call $environment) (i64.store (i32.const 70000) (i64.const -1)) (drop"
                                + " (call $pause))",
                        """
                        (memory.fill (i32.const 65536) (i32.const 7) (i32.const 65536))
                        (drop (memory.grow (i32.const 3)))
                        (memory.fill (i32.const 131072) (i32.const 7) (i32.const 196608))
                        (global.set $calls (i32.const 99))
                        (drop (table.grow $table (ref.null func) (i32.const 3)))
                        """);
        for (int i = 0; i < 2; i++) {
            assertThat(guest.answer(REQUEST).outcome()).isEqualTo(new Exited(0));
            ProgramSnapshots.Taken taken = guest.program().snapshots().all().getFirst();
            GuestInstance kept = sandbox.instances().take(taken).orElseThrow();
            FlatMemory memory = Objects.requireNonNull(kept.memory());
            assertThat(memory.cards).containsOnly((short) 0);
            assertThat(memory.pages()).isEqualTo(2);
            assertThat(kept.state().isSame(taken.snapshot().state())).isTrue();
            for (int at = 131072; at < memory.bytes.length; at++) {
                assertThat(memory.bytes[at]).isZero();
            }
            sandbox.instances().keep(taken, kept);
        }
        assertUsed(guest, 2);
    }

    /** Nothing of the request whose start was recorded is in the state. */
    @Test
    void theSnapshotKeepsNothingOfItsRequest() throws Exception {
        StartedGuest guest = guest(GuestLimits.DEFAULT, "", "(call $environment)", "");
        assertThat(guest.take(Request.of("", "SECRET", "swordfish"))).isEmpty();
        Snapshot snapshot = guest.program().snapshots().all().getFirst().snapshot();
        byte @Nullable [] @Nullable [] pieces =
                Objects.requireNonNull(snapshot.state().image().pieces());

        for (byte[] piece : pieces) {
            if (piece != null) {
                assertThat(new String(piece, StandardCharsets.ISO_8859_1))
                        .doesNotContain("SECRET")
                        .doesNotContain("fish");
            }
        }
        assertThat(guest.answer(REQUEST).text()).startsWith("METHOD=GET");
    }

    @Test
    void aModuleWithAStartFunctionHasNone() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("start.wat"),
                        "(module (memory 1) (func $s) (start $s) (func (export \"_start\")))");

        assertThat(new StartedGuest(sandbox, file).take(REQUEST))
                .contains("its module has a start function");
    }

    @Test
    void aProgramHasSoManyAndNoMore() throws Exception {
        StartedGuest guest =
                guest(GuestLimits.DEFAULT, "", "(call $environment) (drop (call $pause))", "");
        for (int i = 0; i <= ProgramSnapshots.MOST; i++) {
            assertThat(guest.take(variables(i))).isEqualTo(Optional.empty());
            assertThat(guest.program().snapshots().count())
                    .isEqualTo(Math.min(i + 1, ProgramSnapshots.MOST));
        }

        assertThat(guest.answer(variables(0))).isEqualTo(guest.ordinaryAnswer(variables(0)));
        assertUsed(guest, 0);
        assertThat(guest.answer(variables(1))).isEqualTo(guest.ordinaryAnswer(variables(1)));
        assertUsed(guest, 1);
    }

    @Test
    void allSnapshotsTogetherAreBounded() throws Exception {
        StartedGuest guest =
                guest(GuestLimits.DEFAULT, "", "(call $environment) (drop (call $pause))", "");
        assertThat(guest.take(REQUEST)).isEmpty();
        long size = sandbox.snapshots().bytes();
        sandbox.forget(guest.program());
        assertThat(size).isPositive();
        assertThat(sandbox.snapshots().bytes()).isZero();

        StartedGuest again =
                guest(GuestLimits.DEFAULT, "", "(call $environment) (drop (call $pause))", "");
        try (var over = new SnapshotTaker(sandbox, new ByteSize(size - 1));
                var under = new SnapshotTaker(sandbox, new ByteSize(size))) {
            assertThat(again.take(over, REQUEST)).isNotEmpty();
            assertThat(again.take(under, REQUEST)).isEmpty();
        }
    }

    private static Request variables(int count) {
        var pairs = new String[2 * count];
        for (int i = 0; i < count; i++) {
            pairs[2 * i] = "NAME" + i;
            pairs[2 * i + 1] = "value" + i;
        }
        return Request.of("", pairs);
    }

    @Test
    void ofAForgottenProgramNothingIsKept() throws Exception {
        StartedGuest guest = taken("", "(call $environment) (drop (call $pause))", "");
        guest.answer(REQUEST);
        assertThat(sandbox.instances().bytes()).isPositive();

        sandbox.forget(guest.program());

        assertThat(sandbox.instances().bytes()).isZero();
        assertThat(guest.program().snapshots().count()).isZero();
        assertThat(guest.answer(REQUEST)).isEqualTo(guest.ordinaryAnswer(REQUEST));
    }

    /** Requests are answered meanwhile, and begin with the snapshot once there is one. */
    @Test
    void snapshotsAreTakenInTheBackground() throws Exception {
        StartedGuest guest =
                guest(GuestLimits.DEFAULT, "", "(call $environment) (drop (call $pause))", "");
        guest.takeLater();
        Answer expected = guest.ordinaryAnswer(REQUEST);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();

        while (guest.program().snapshots().uses() == 0 && System.nanoTime() < end) {
            assertThat(guest.answer(REQUEST)).isEqualTo(expected);
        }
        assertUsed(guest, 1);
        assertThat(List.of(guest.answer(REQUEST))).containsExactly(expected);
    }
}
