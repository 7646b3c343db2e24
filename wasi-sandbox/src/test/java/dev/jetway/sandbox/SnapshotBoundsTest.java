package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.StartCode;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.sandbox.StartedGuest.Request;
import dev.jetway.sandbox.host.Clocks;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work for snapshots is bounded. */
final class SnapshotBoundsTest {
    private static final Invocation INVOCATION =
            new Invocation(
                    List.of("guest"),
                    new LinkedHashMap<>(),
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    _ -> {});

    /** Ends at a depth. */
    private static final String RECURSION =
            """
            (func $recurse (param $n i32)
              (if (i32.eqz (local.get $n)) (then (call $exit (i32.const 0)))
                (else (call $recurse (i32.sub (local.get $n) (i32.const 1))))))
            """;

    @TempDir private Path folder;
    private final Sandbox sandbox = TestSandbox.open();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Path guest(String functions, String start) throws Exception {
        return Files.writeString(
                folder.resolve("guest.wat"), StartGuests.text(functions, start, ""));
    }

    private Path named(String name, int code) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                StartGuests.text("", "(call $exit (i32.const " + code + "))", ""));
    }

    /**
     * Code of a large module takes a gigabyte: it goes before another's comes, and no snapshot
     * holds it.
     */
    @Test
    void codeThatLooksAtStarts_isInMemoryOfOneModuleAtATime() throws Exception {
        var one = new StartedGuest(sandbox, named("one.wat", 0));
        var other = new StartedGuest(sandbox, named("other.wat", 1));
        SnapshotTaker taker = sandbox.snapshots();
        var codes = new ArrayList<WeakReference<StartCode>>();
        var before = new ArrayList<Boolean>();
        for (StartedGuest guest : List.of(one, other, one, one)) {
            var _ =
                    guest.take(
                            taker,
                            Request.of(""),
                            () -> {
                                System.gc();
                                before.add(codes.stream().anyMatch(c -> c.get() != null));
                                StartCode code = guest.code();
                                codes.add(new WeakReference<>(code));
                                return code;
                            });
        }

        // The fourth took what the third had made.
        assertThat(before).containsExactly(false, false, false);
    }

    /** Counts what is asked for. */
    private static final class Asked implements ProgramSnapshots.Background {
        private boolean accepts = true;
        private int attempts;
        private int measured;

        @Override
        public boolean take(Invocation invocation) {
            attempts++;
            return accepts;
        }

        @Override
        public boolean measure(ProgramSnapshots.Taken taken, Invocation invocation) {
            measured++;
            return accepts;
        }
    }

    @Test
    void aProgramHasSoManyAttempts() {
        var snapshots = new ProgramSnapshots();
        var asked = new Asked();
        snapshots.begin(asked);

        asked.accepts = false;
        snapshots.missed(INVOCATION);
        asked.accepts = true;
        for (int i = 0; i < 2 * ProgramSnapshots.ATTEMPTS; i++) {
            snapshots.missed(INVOCATION);
        }
        assertThat(asked.attempts).isEqualTo(1 + ProgramSnapshots.ATTEMPTS);
    }

    @Test
    void theAttemptsOfAProgramTakeSoLong() {
        var snapshots = new ProgramSnapshots(() -> 0);
        var asked = new Asked();
        snapshots.begin(asked);

        snapshots.spend(ProgramSnapshots.TIME.minusNanos(1));
        snapshots.missed(INVOCATION);
        assertThat(asked.attempts).isOne();
        snapshots.spend(Duration.ofNanos(1));
        snapshots.missed(INVOCATION);
        assertThat(asked.attempts).isOne();
    }

    /** One more each ten minutes. */
    @ParameterizedTest
    @CsvSource({"599999, 64", "600000, 65", "6000000, 74"})
    void attemptsAreGrantedAgain(long milliseconds, int most) {
        var now = new AtomicLong();
        var snapshots = new ProgramSnapshots(now::get);
        var asked = new Asked();
        snapshots.begin(asked);
        now.set(Duration.ofMillis(milliseconds).toNanos());

        for (int i = 0; i < 2 * most; i++) {
            snapshots.missed(INVOCATION);
        }
        assertThat(asked.attempts).isEqualTo(most);
    }

    /** One hundredth of the time since. */
    @ParameterizedTest
    @CsvSource({"99, 1", "101, 2"})
    void processorTimeIsGrantedAgain(int seconds, int attempts) {
        var now = new AtomicLong();
        var snapshots = new ProgramSnapshots(now::get);
        var asked = new Asked();
        snapshots.begin(asked);
        snapshots.missed(INVOCATION);
        snapshots.spend(ProgramSnapshots.TIME.plusSeconds(1));

        now.set(Duration.ofSeconds(seconds).toNanos());
        snapshots.missed(INVOCATION);
        assertThat(asked.attempts).isEqualTo(attempts);
    }

    /** For 2, 4, 8, 16 and 32 seconds. */
    @Test
    void attemptsArePutOffForAFileThatHasJustChanged() {
        var now = new AtomicLong();
        var snapshots = new ProgramSnapshots(now::get);
        var asked = new Asked();
        assertThat(snapshots.postpone()).isFalse();
        snapshots.begin(asked);

        for (int i = 0; i < 5; i++) {
            assertThat(snapshots.postpone()).isTrue();
            now.addAndGet(Duration.ofSeconds(2L << i).toNanos() - 1);
            snapshots.missed(INVOCATION);
            assertThat(asked.attempts).isEqualTo(i);
            now.addAndGet(1);
            snapshots.missed(INVOCATION);
            assertThat(asked.attempts).isEqualTo(i + 1);
        }
        assertThat(snapshots.postpone()).isFalse();
    }

    @Test
    void aSnapshotIsMeasuredOnce() throws Exception {
        var guest =
                new StartedGuest(sandbox, guest("", "(call $environment) (drop (call $pause))"));
        assertThat(guest.take(Request.of(""))).isEmpty();
        ProgramSnapshots snapshots = guest.program().snapshots();
        var begin = snapshots.all().getFirst().begin(List::of).orElseThrow();
        var asked = new Asked();
        snapshots.begin(asked);

        for (int i = 1; i < ProgramSnapshots.MEASURED_AT; i++) {
            snapshots.ended(begin, INVOCATION);
        }
        assertThat(asked.measured).isZero();
        asked.accepts = false;
        snapshots.ended(begin, INVOCATION);
        assertThat(asked.measured).isOne();
        asked.accepts = true;
        for (int i = 0; i < 3 * ProgramSnapshots.MEASURED_AT; i++) {
            snapshots.ended(begin, INVOCATION);
        }
        assertThat(asked.measured).isEqualTo(2);
    }

    @Test
    void aSnapshotThatSavesTooLittleIsDropped() throws Exception {
        var guest =
                new StartedGuest(sandbox, guest("", "(call $environment) (drop (call $pause))"));
        assertThat(guest.take(Request.of(""))).isEmpty();
        guest.answer(Request.of(""));
        Program program = guest.program();
        var asked = new Asked();
        program.snapshots().begin(asked);
        assertThat(program.snapshotState().orElseThrow()).hasToString("1 snapshot, 1 runs");

        sandbox.snapshots().drop(program, program.snapshots().all().getFirst(), "too slow");

        assertThat(program.snapshotState().orElseThrow())
                .hasToString("no snapshot; the last attempt: too slow");
        assertThat(sandbox.snapshots().bytes()).isZero();
        assertThat(sandbox.instances().bytes()).isZero();
        assertThat(guest.answer(Request.of(""))).isEqualTo(guest.ordinaryAnswer(Request.of("")));
        assertThat(asked.attempts).isZero();
    }

    /** A start that works for long saves nearly all of it. */
    @Test
    void theGainOfASnapshotIsMeasured() throws Exception {
        String work =
                """
                (call $environment)
                (loop $again
                  (local.set $l (i64.add (i64.mul (local.get $l) (i64.const 31)) (i64.const 7)))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $again (i32.lt_u (local.get $i) (i32.const 5000000))))
                (i64.store (i32.const 900) (local.get $l))
                (drop (call $pause))
                """;
        var guest = new StartedGuest(sandbox, guest("", work));
        assertThat(guest.take(Request.of(""))).isEmpty();

        var gain =
                sandbox.snapshots()
                        .gain(
                                guest.program(),
                                guest.program().snapshots().all().getFirst(),
                                INVOCATION);

        assertThat(gain.orElseThrow().isEnough()).isTrue();
    }

    private List<Program> programs(int count, boolean oneSite) throws Exception {
        Path file = guest("", "(call $environment)");
        var programs = new ArrayList<Program>();
        try (var modules = new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1))) {
            CompiledModule module = modules.load(new FileReference(file)).module();
            Resources site = Resources.unlimited();
            for (int i = 0; i < count; i++) {
                programs.add(
                        Program.prepare(
                                module,
                                new GuestSetup(
                                        "_start", GuestLimits.DEFAULT, List.of(), TestSandbox.WASI),
                                oneSite ? site : Resources.unlimited()));
            }
        }
        return programs;
    }

    /** One site's programs take four places, those of all sites 16 behind the one at work. */
    @ParameterizedTest
    @CsvSource({"true, 4", "false, 17"})
    void soManyProgramsWait(boolean oneSite, int most) throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var accepted = new ArrayList<Boolean>();
        for (Program program : programs(most + 1, oneSite)) {
            accepted.add(
                    sandbox.snapshots()
                            .take(
                                    program,
                                    "guest",
                                    INVOCATION,
                                    () -> {
                                        begun.countDown();
                                        await(goOn);
                                        throw new ModuleException(
                                                ModuleException.Reason.UNREADABLE, "not needed");
                                    }));
            begun.await();
        }
        goOn.countDown();

        assertThat(accepted.subList(0, most)).containsOnly(true);
        assertThat(accepted.get(most)).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A stack of 200 functions: the entry point, the recursion, and the exit. */
    @ParameterizedTest
    @CsvSource({"197, 3", "198, 2"})
    void theStackIsBounded(int depth, int calls) throws Exception {
        var guest =
                new StartedGuest(
                        sandbox,
                        guest(
                                RECURSION,
                                "(call $environment) (call $recurse (i32.const " + depth + "))"));

        assertThat(guest.take(Request.of(""))).isEmpty();
        assertThat(guest.program().snapshots().all().getFirst().snapshot().calls())
                .isEqualTo(calls);
    }

    /** The number of variables is the depth. */
    @Test
    void aModuleHasSoManyStacks() throws Exception {
        var guest =
                new StartedGuest(
                        sandbox,
                        guest(
                                RECURSION,
                                "(call $environment) (call $recurse (i32.load (i32.const 64)))"));

        for (int i = 0; i < 16; i++) {
            assertThat(guest.take(variables(i))).isEmpty();
        }
        assertThat(guest.take(variables(16))).contains("it stops at more than 16 different places");
        assertThat(guest.take(variables(15))).isEmpty();
    }

    private static Request variables(int count) {
        var pairs = new String[2 * count];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = "V" + i;
        }
        return Request.of("", pairs);
    }

    /** A file's last change must be two seconds ago. */
    @ParameterizedTest
    @CsvSource({"1999, 2", "2000, 5"})
    void aFileHasAnAge(int milliseconds, int calls) throws Exception {
        Path site = Files.createDirectories(folder.resolve("site"));
        Path file = Files.writeString(site.resolve("site.txt"), "text");
        Instant changed = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        Instant now = Instant.ofEpochMilli(changed.toEpochMilli() + milliseconds);
        String open =
                """
                (call $environment)
                (drop (call $open (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 8)
                  (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 72)))
                (drop (call $close (i32.load (i32.const 72))))
                (drop (call $pause))
                """;
        try (var dated = new Sandbox(TestSandbox.WASI, () -> false, at(now), new Random(1))) {
            var guest = new StartedGuest(dated, guest("", open), new Volume("/site", site, true));

            assertThat(guest.take(Request.of(""))).isEmpty();
            // The call that opens the file is the last before it is looked at.
            assertThat(guest.program().snapshots().all().getFirst().snapshot().calls() > 3)
                    .isEqualTo(calls > 3);
        }
    }

    private static Clocks at(Instant now) {
        return new Clocks() {
            @Override
            public Instant realtime() {
                return now;
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
    }
}
