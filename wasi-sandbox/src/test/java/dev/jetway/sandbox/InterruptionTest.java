package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Cancelled;
import dev.jetway.sandbox.RunOutcome.CpuLimitReached;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that is over its time, or cancelled, ends within 50 ms, whatever it does, and its thread
 * runs the next guest. Delays by other work of the machine are subtracted as far as they are known.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class InterruptionTest {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration TOLERANCE = Watch.GRACE;

    /** More than the half of five. */
    private static final int MOST = 3;

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
    private static final Path CORPUS = Path.of("..", "examples", "hostile").toAbsolutePath();

    /** A branch table that is too large for a JVM method, as binary and as text. */
    private static final int BRANCHES = 17_000;

    @TempDir(factory = InMemory.class)
    private static Path folder;

    private static Sandbox sandbox;

    /**
     * A folder in memory where the machine has one: a read of a file on a disk waits for the kernel
     * to read ahead, which may take longer than {@link #TOLERANCE}.
     */
    static final class InMemory implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "jetway")
                    : Files.createTempDirectory("jetway");
        }
    }

    @BeforeAll
    static void prepare() throws IOException {
        sandbox = TestSandbox.open();
        Files.writeString(folder.resolve("file"), "inside");
        try (var large = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength(1L << 34);
        }
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(many.resolve("a-file-with-a-name-" + i));
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(sandbox.overdueGuests()).isZero();
    }

    @AfterAll
    static void end() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "drain|large", "relist|many", "random", "input", "spin"})
    void run_overItsTime_endsInAnyHostFunction(String operation) throws Exception {
        try (var writer = new PipedOutputStream();
                var silent = new PipedInputStream(writer)) {
            assertEndsInTime(
                    new GuestProgram("probe.wasm", new Volume("/", folder)).reading(silent),
                    operation);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "poll|60000"})
    void run_overItsTime_endsWhileItPollsASilentInput(String operation) throws Exception {
        assertEndsInTime(new GuestProgram("probe.wasm").reading(new SlowInput()), operation);
    }

    static Stream<Path> guestsThatNeverEnd() throws IOException {
        return Files.readAllLines(CORPUS.resolve("expected.txt")).stream()
                .map(line -> line.split(" \\| ", -1))
                .filter(parts -> parts.length == 5 && parts[1].equals("504 time-limit"))
                .map(parts -> parts[0])
                .map(name -> CORPUS.resolve(name + ".wasm"))
                .map(file -> Files.exists(file) ? file : text(file));
    }

    private static Path text(Path binary) {
        String name = binary.getFileName().toString();
        return binary.resolveSibling(name.replace(".wasm", ".wat"));
    }

    @ParameterizedTest
    @MethodSource("guestsThatNeverEnd")
    void run_overItsTime_endsWhateverTheHostileCorpusTries(Path guest) throws Exception {
        assertEndsInTime(new GuestProgram(guest, new Volume("/data", folder)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(loop (br 0))",
                "(loop (br_if 0 (i32.const 1)))",
                "(loop (br_table 0 0 (i32.const 0)))",
                "(i32.const 1) (loop (param i32) (br_if 1 (i32.eqz)) (br 0 (i32.const 1)))",
                "(loop (block (br_if 1 (i32.const 1))))",
                "(call $g)",
                "(return_call $g)",
                "(return_call $f)",
                "(return_call_indirect (type $t) (i32.const 0))"
            })
    void run_overItsTime_endsInAFunctionThatIsTooLargeForTheJvm(String loop) throws Exception {
        String text =
                """
                (module
                  (type $t (func))
                  (table funcref (elem $f))
                  (func $g (loop (br_if 0 (i32.const 1))))
                  (func $f (export "_start")
                    (block (br_table %s (i32.const 0)))
                    %s))
                """
                        .formatted("0 ".repeat(BRANCHES), loop);

        assertEndsInTime(new GuestProgram(Files.writeString(folder.resolve("large.wat"), text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The JIT counts the turns of these.
                "(loop (br_if 0 (i64.lt_u (local.tee $n (i64.add (local.get $n) (i64.const 1)))"
                        + " (i64.const 0x7fffffffffffffff))))",
                "(loop (i32.store8 (i32.and (local.get $i) (i32.const 0xffff)) (i32.const 1))"
                        + " (local.set $i (i32.add (local.get $i) (i32.const 1))) (br 0))",
                "(loop (local.set $i (i32.const 0)) (loop (br_if 0 (i32.lt_u (local.tee $i"
                        + " (i32.add (local.get $i) (i32.const 1))) (i32.const 10)))) (br 0))",
                "(loop (loop (br_if 1 (local.get $i)) (br 0)))",
                // Their functions do not count, but may take long.
                "(loop (call $small) (br 0))",
                "(loop (call $large) (br 0))",
                "(loop (call_indirect (type $t) (i32.const 1)) (br 0))",
                "(loop (table.fill (i32.const 2) (ref.null func) (i32.const 999998)) (br 0))",
                "(loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (br 0))",
            })
    void run_overItsTime_endsInALoopOfASmallFunction(String loop) throws Exception {
        String work = "(i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))";
        String text =
                """
                (module
                  (type $t (func))
                  (memory (export "memory") 1)
                  (table 1000000 funcref)
                  (elem (i32.const 0) $small $large)
                  (func $small %s)
                  (func $large %s)
                  (func (export "_start") (local $i i32) (local $n i64) %s))
                """
                        .formatted(work.repeat(20), work.repeat(4_000), loop);

        assertEndsInTime(new GuestProgram(Files.writeString(folder.resolve("loop.wat"), text)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_overItsTime_endsInALoopOfExceptions(boolean interpreted) throws Exception {
        var body = new ByteArrayOutputStream();
        body.write(0);
        if (interpreted) {
            // block i32.const 0 br_table … end
            body.writeBytes(HexFormat.of().parseHex("024041000e"));
            number(body, BRANCHES);
            body.writeBytes(new byte[BRANCHES + 1]);
            body.write(0x0b);
        }
        // loop try_table (catch_all 0) throw 0 end end end
        body.writeBytes(HexFormat.of().parseHex("03401f4001020008000b0b0b"));
        var module = new ByteArrayOutputStream();
        module.writeBytes(HexFormat.of().parseHex("0061736d01000000" + "01040160000003020100"));
        module.writeBytes(HexFormat.of().parseHex("0d03010000" + "070a01065f73746172740000"));
        var code = new ByteArrayOutputStream();
        code.write(1);
        number(code, body.size());
        code.writeBytes(body.toByteArray());
        module.write(10);
        number(module, code.size());
        module.writeBytes(code.toByteArray());
        Path file = Files.write(folder.resolve("exceptions.wasm"), module.toByteArray());

        assertEndsInTime(new GuestProgram(file));
    }

    /** Unsigned LEB128. */
    private static void number(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    static Stream<Path> guestsThatCompute() {
        return Stream.of(
                        "loop",
                        "loop-in-the-interpreter",
                        "loop-of-large-fills",
                        "loop-of-large-randomness",
                        "list-for-ever",
                        "tree-of-calls")
                .map(name -> CORPUS.resolve(name + ".wat"));
    }

    @ParameterizedTest
    @MethodSource("guestsThatCompute")
    void run_overItsCpuTime_endsWithin50MsOfIt(Path guest) throws Exception {
        GuestProgram program =
                new GuestProgram(guest, new Volume("/data", folder))
                        .limited(limits -> limits.withCpuTime(LIMIT));

        assertMostAreInTime(() -> overuse(program));
    }

    /** CPU time by the thread's own clock. */
    private static Duration overuse(GuestProgram program) throws Exception {
        GuestRun run = program.prepare(sandbox, NOWHERE, NOWHERE, "guest");
        long start = CpuClock.of(Thread.currentThread());
        RunReport report = run.execute();
        long used = CpuClock.of(Thread.currentThread()) - start;

        assertThat(report.outcome()).isEqualTo(new CpuLimitReached(LIMIT));
        assertThat(used).isGreaterThanOrEqualTo(LIMIT.toNanos());
        return Duration.ofNanos(used).minus(LIMIT);
    }

    @ParameterizedTest
    @MethodSource("guestsThatCompute")
    void run_cancelled_endsWithin50Ms(Path guest) throws Exception {
        var program = new GuestProgram(guest, new Volume("/data", folder));

        assertMostAreInTime(() -> {
            GuestRun run = program.prepare(sandbox, NOWHERE, NOWHERE, "guest");
            return lateness(run, run::cancel, new Cancelled());
        });
    }

    private static void assertEndsInTime(GuestProgram program, String... operations)
            throws Exception {
        String[] arguments =
                Stream.concat(Stream.of("guest"), Stream.of(operations)).toArray(String[]::new);
        program.within(LIMIT);

        assertMostAreInTime(() ->
                lateness(
                        program.prepare(sandbox, NOWHERE, NOWHERE, arguments),
                        () -> {},
                        new TimeLimitReached(LIMIT)));
    }

    /** The median of five runs. After each the thread is fit for the next guest. */
    private static void assertMostAreInTime(Callable<Duration> run) throws Exception {
        var late = new ArrayList<Duration>();
        int inTime = 0;
        while (inTime < MOST && late.size() - inTime < MOST) {
            Duration lateness = run.call();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(sandbox.overdueGuests()).isZero();
            assertTheThreadIsReusable();
            late.add(lateness);
            inTime += lateness.compareTo(TOLERANCE) <= 0 ? 1 : 0;
        }
        assertThat(inTime).as("in time of %s", late).isEqualTo(MOST);
    }

    /**
     * Time from the limit to the return, minus delays by other work of the machine: the lateness of
     * a thread that sleeps until the limit, and the guest thread's wait for a processor after that.
     *
     * @param atLimit called at the limit, by another thread
     */
    private static Duration lateness(GuestRun run, Runnable atLimit, RunOutcome expected)
            throws Exception {
        var clock = ThreadClock.ofThisThread();
        long limit = System.nanoTime() + LIMIT.toNanos();
        var awake = new AtomicLong(Long.MAX_VALUE);
        var waitedAtLimit = new AtomicLong();
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            while (System.nanoTime() < limit) {
                                LockSupport.parkNanos(limit - System.nanoTime());
                            }
                            awake.set(System.nanoTime());
                            waitedAtLimit.set(clock.waited());
                            atLimit.run();
                        });
        RunReport report = run.execute();
        long end = System.nanoTime();
        long waited = clock.waited();
        other.join();

        assertThat(report.outcome()).isEqualTo(expected);
        return Duration.ofNanos(end - awake.get() - Math.max(waited - waitedAtLimit.get(), 0));
    }

    private static void assertTheThreadIsReusable() throws Exception {
        GuestProgram.Result next =
                new GuestProgram("probe.wasm", new Volume("/", folder))
                        .run(sandbox, "probe", "read|file");

        assertThat(next.report().outcome()).isEqualTo(new Exited(0));
        assertThat(next.out()).isEqualTo("0 inside\n");
    }
}
