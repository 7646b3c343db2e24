package dev.jetway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Cancelled;
import dev.jetway.sandbox.RunOutcome.CpuLimitReached;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.RunOutcome.Trapped;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuestRunTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final GuestLimits LIMITS =
            GuestLimits.DEFAULT
                    .withWallTime(Duration.ofSeconds(1))
                    .withMemory(ByteSize.ofMebibytes(1));

    /** Imports and memory that the fixtures share; {@code $fd_write} takes (fd, list, n, out). */
    private static final String HEAD =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff"
                (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\\10\\00\\00\\00\\04\\00\\00\\00")
              (data (i32.const 16) "text")
            """;

    @TempDir private Path folder;
    private final Sandbox sandbox = TestSandbox.open();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(sandbox.overdueGuests()).isZero();
        sandbox.close();
    }

    private Program program(String text, GuestLimits limits) throws Exception {
        Path file = Files.writeString(folder.resolve("guest.wat"), text);
        return TestSandbox.program(
                MODULES.load(new FileReference(file)).module(), "_start", limits, List.of());
    }

    private GuestRun start(String body, OutputStream out) throws Exception {
        return start(body, LIMITS, out);
    }

    private GuestRun start(String body, GuestLimits limits, OutputStream out) throws Exception {
        return sandbox.prepare(
                program(HEAD + "(func (export \"_start\") " + body + "))", limits),
                invocation(out));
    }

    private Invocation invocation(OutputStream out) {
        return new Invocation(
                List.of("guest"),
                new LinkedHashMap<>(),
                InputStream.nullInputStream(),
                out,
                stderr,
                _ -> {});
    }

    private RunReport run(String body) throws Exception {
        return start(body, stdout).execute();
    }

    /** A client that takes a guest's output only after a while, or never. */
    private RunReport runAgainst(Wait client, Duration clientWait) throws Exception {
        var limits =
                new GuestLimits(
                        LIMITS.wallTime(),
                        LIMITS.cpuTime(),
                        LIMITS.memory(),
                        LIMITS.stderr(),
                        clientWait,
                        LIMITS.files());
        var running = new AtomicReference<GuestRun>();
        var slow =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        try {
                            running.get().await(client);
                        } catch (InterruptedException e) {
                            throw new RunCancelledException("interrupted");
                        }
                    }
                };
        String text = HEAD + "(func (export \"_start\") " + write(1) + "))";
        running.set(sandbox.prepare(program(text, limits), invocation(slow)));
        return running.get().execute();
    }

    @Test
    void waitingForTheClientIsNoTimeOfTheGuest() throws Exception {
        var never = new CountDownLatch(1);

        RunReport report =
                runAgainst(
                        () -> assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse(),
                        Duration.ofMinutes(1));

        // Four characters are written one by one; the limit is 200 ms.
        assertThat(report.outcome()).isEqualTo(new Exited(0));
        assertThat(report.wallTime()).isGreaterThan(Duration.ofMillis(350));
    }

    @Test
    void aClientThatIsSlowForTooLongEndsTheGuest() throws Exception {
        var never = new CountDownLatch(1);

        RunReport report = runAgainst(never::await, Duration.ofMillis(50));

        assertThat(report.outcome()).isEqualTo(new Cancelled());
        assertThat(report.wallTime()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
    }

    private static final String SLEEP =
            """
            (i32.store8 (i32.const 64) (i32.const 0))
            (i32.store (i32.const 80) (i32.const 1))
            (i64.store (i32.const 88) (i64.const 300000000))
            (drop (call $poll_oneoff (i32.const 64) (i32.const 128) (i32.const 1) (i32.const 256)))
            """;

    private static GuestLimits cpu(int milliseconds) {
        return LIMITS.withWallTime(Duration.ofSeconds(20))
                .withCpuTime(Duration.ofMillis(milliseconds));
    }

    @Test
    void aGuestOverItsCpuTimeIsEnded() throws Exception {
        RunReport report = start("(loop (br 0))", cpu(100), stdout).execute();

        assertThat(report.outcome()).isEqualTo(new CpuLimitReached(Duration.ofMillis(100)));
        assertThat(report.cpuTime()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(report.wallTime()).isGreaterThanOrEqualTo(report.cpuTime());
    }

    @Test
    void sleepingIsNoCpuTime() throws Exception {
        RunReport report = start(SLEEP, cpu(100), stdout).execute();

        assertThat(report.outcome()).isEqualTo(new Exited(0));
        assertThat(report.wallTime()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(report.cpuTime()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void whatIsOverTheLimitOfStandardErrorIsDropped() throws Exception {
        var limits =
                new GuestLimits(
                        LIMITS.wallTime(),
                        LIMITS.cpuTime(),
                        LIMITS.memory(),
                        new ByteSize(4),
                        LIMITS.clientWait(),
                        LIMITS.files());

        RunReport just = start(write(2), limits, stdout).execute();
        assertThat(just.otherLimits()).isEmpty();
        assertThat(stderr.toString(UTF_8)).isEqualTo("text");
        RunReport over = start(write(2) + write(2), limits, stdout).execute();
        assertThat(over.otherLimits()).containsExactly("stderr");
        assertThat(over.outcome()).isEqualTo(new Exited(0));
        assertThat(stderr.toString(UTF_8)).isEqualTo("texttext");
    }

    private static String write(int fd) {
        return "(drop (call $fd_write (i32.const "
                + fd
                + ") (i32.const 0) (i32.const 1) (i32.const 8)))";
    }

    @Test
    void returningFromTheEntryPointIsSuccess() throws Exception {
        assertThat(run(write(1)).outcome()).isEqualTo(new Exited(0));
        assertThat(stdout).hasToString("text");
    }

    @Test
    void exitZeroIsSuccess() throws Exception {
        assertThat(run("(call $proc_exit (i32.const 0))").outcome()).isEqualTo(new Exited(0));
    }

    @Test
    void theExitCodeIsReported() throws Exception {
        assertThat(run("(call $proc_exit (i32.const 255))").outcome()).isEqualTo(new Exited(255));
    }

    @Test
    void anUnreachableInstructionIsATrap() throws Exception {
        assertThat(run("unreachable").outcome()).isInstanceOf(Trapped.class);
    }

    @Test
    void aReadOutsideOfMemoryIsATrap() throws Exception {
        assertThat(run("(drop (i32.load (i32.const 0x7fffffff)))").outcome())
                .isInstanceOf(Trapped.class);
    }

    @Test
    void anEndlessLoopEndsAtItsTimeLimit() throws Exception {
        RunReport report = run("(loop (br 0))");

        assertThat(report.outcome()).isEqualTo(new TimeLimitReached(LIMITS.wallTime()));
        assertThat(report.wallTime()).isGreaterThanOrEqualTo(LIMITS.wallTime());
    }

    @Test
    void aSleepEndsAtItsTimeLimit() throws Exception {
        // A subscription to the monotonic clock, an hour from now.
        String body =
                """
                (i32.store8 (i32.const 72) (i32.const 0))
                (i32.store (i32.const 80) (i32.const 1))
                (i64.store (i32.const 88) (i64.const 3600000000000))
                (drop (call $poll_oneoff
                  (i32.const 64) (i32.const 256) (i32.const 1) (i32.const 512)))
                """;
        assertThat(run(body).outcome()).isEqualTo(new TimeLimitReached(LIMITS.wallTime()));
    }

    @Test
    void endlessRecursionIsATrap() throws Exception {
        String text = HEAD + "(func $f (export \"_start\") (call $f) (call $f)))";
        RunReport report =
                sandbox.prepare(
                                program(text, LIMITS),
                                new Invocation(
                                        List.of(),
                                        new LinkedHashMap<>(),
                                        InputStream.nullInputStream(),
                                        stdout,
                                        stderr,
                                        _ -> {}))
                        .execute();
        assertThat(report.outcome()).isEqualTo(new Trapped("call stack exhausted"));
    }

    @Test
    void memoryGrowsToItsLimitAndNoFurther() throws Exception {
        // 1 page at the start, 16 allowed: 15 more succeed, one more fails and traps.
        String grow =
                "(if (i32.eq (memory.grow (i32.const %d)) (i32.const -1)) (then unreachable))";

        RunReport within = run(String.format(grow, 15));
        RunReport over = run(String.format(grow, 16));

        assertThat(within.outcome()).isEqualTo(new Exited(0));
        assertThat(within.memory()).isEqualTo(ByteSize.ofMebibytes(1));
        assertThat(within.memoryRefusedBy()).isEmpty();
        assertThat(over.outcome()).isInstanceOf(Trapped.class);
        assertThat(over.memoryRefusedBy()).contains("memory");
    }

    @Test
    void standardErrorIsCutAtItsLimit() throws Exception {
        long limit = LIMITS.stderr().bytes();
        // One write more than fits, four bytes each.
        String body =
                "(local $i i32) (loop "
                        + write(2)
                        + "(local.set $i (i32.add (local.get $i) (i32.const 1)))"
                        + "(br_if 0 (i32.le_u (local.get $i) (i32.const "
                        + limit / 4
                        + "))))";

        GuestLimits unhurried = LIMITS.withWallTime(Duration.ofSeconds(30));

        assertThat(start(body, unhurried, stdout).execute().outcome()).isEqualTo(new Exited(0));
        assertThat(stderr.size()).isEqualTo((int) limit);
    }

    @Test
    void anOutputThatNobodyReadsIsABrokenPipe() throws Exception {
        OutputStream closed = OutputStream.nullOutputStream();
        closed.close();

        RunReport report = start(write(1).replace("(drop ", "(call $proc_exit "), closed).execute();

        assertThat(report.outcome()).isEqualTo(new Exited(64));
    }

    @Test
    void aRunIsCancelledByAnotherThread() throws Exception {
        var begun = new CountDownLatch(1);
        var out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        begun.countDown();
                    }
                };
        GuestRun run = start(write(1) + "(loop (br 0))", out);
        Thread.startVirtualThread(() -> {
            try {
                begun.await();
                run.cancel();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(run.execute().outcome()).isEqualTo(new Cancelled());
    }

    @Test
    void aRunCancelledBeforeItsStartEndsAtOnce() throws Exception {
        GuestRun run = start("(loop (br 0))", stdout);
        run.cancel();

        assertThat(run.execute().outcome()).isEqualTo(new Cancelled());
    }

    @Test
    void anOutputThatNobodyTakesEndsTheGuest() throws Exception {
        var refusing =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new RunCancelledException("no");
                    }
                };

        assertThat(start(write(1) + "(loop (br 0))", refusing).execute().outcome())
                .isEqualTo(new Cancelled());
    }

    @Test
    void eachRunStartsFromAFreshMemory() throws Exception {
        String body =
                "(if (i32.load (i32.const 1000)) (then unreachable))"
                        + "(i32.store (i32.const 1000) (i32.const 1))";

        assertThat(run(body).outcome()).isEqualTo(new Exited(0));
        assertThat(run(body).outcome()).isEqualTo(new Exited(0));
    }

    @Test
    void anImportThatNobodyProvidesIsNamed() {
        assertThatThrownBy(() ->
                        program(
                                "(module (import \"env\" \"magic\" (func))"
                                        + " (func (export \"_start\")))",
                                LIMITS))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("the module imports what nobody provides: env.magic");
    }

    @Test
    void anImportOfAnotherTypeIsRefusedAtLoad() {
        assertThatThrownBy(() ->
                        program(
                                "(module (import \"wasi_snapshot_preview1\" \"fd_write\""
                                        + " (func)) (func (export \"_start\")))",
                                LIMITS))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("the module does not link: ");
    }

    @Test
    void aMissingEntryPointIsNamed() {
        assertThatThrownBy(() -> program("(module)", LIMITS))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("the module exports no function '_start'");
    }

    @Test
    void anEntryPointWithParametersIsRefused() {
        assertThatThrownBy(() -> program("(module (func (export \"_start\") (param i32)))", LIMITS))
                .hasMessageContaining("takes parameters or returns results");
    }

    @Test
    void aModuleThatStartsOverItsMemoryLimitIsRefusedAtLoad() throws Exception {
        String module = "(module (memory %d) (func (export \"_start\")))";

        assertThat(program(String.format(module, 16), LIMITS).limits()).isEqualTo(LIMITS);
        assertThatThrownBy(() -> program(String.format(module, 17), LIMITS))
                .hasMessage("the module wants 1088KiB of memory at its start, the limit is 1MiB");
    }
}
