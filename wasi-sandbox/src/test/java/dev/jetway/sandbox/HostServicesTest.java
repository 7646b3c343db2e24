package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Cancelled;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services beside WASI: granted or not, opened by the first call, closed however a run ends. */
final class HostServicesTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final GuestLimits LIMITS =
            GuestLimits.DEFAULT.withWallTime(Duration.ofMillis(300));

    /** Imports of all services that the tests have. */
    private static final String BOTH =
            """
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "counter" "next" (func $next (result i32)))
              (import "counter" "fail" (func $fail (result i32)))
              (memory (export "memory") 1)
              (func $endless (call $endless) (call $endless))
              (func (export "_start") %s))
            """;

    private static final String NONE = "(module (func (export \"_start\")))";

    @TempDir private Path folder;
    private final CounterService counter = new CounterService("counter");
    private final CounterService other = new CounterService("other");
    private final HostModules services = HostModules.of(new WasiModule(), counter, other);
    private final Sandbox sandbox = new Sandbox(services, () -> false);

    @AfterEach
    void everythingOpenedIsClosed() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(counter.closed).hasValue(counter.opened.get());
        assertThat(other.closed).hasValue(other.opened.get());
        sandbox.close();
    }

    private Program program(String text, HostModules granted) throws Exception {
        var file = new FileReference(Files.writeString(folder.resolve("guest.wat"), text));
        return Program.prepare(
                MODULES.load(file).module(),
                new GuestSetup("_start", LIMITS, List.of(), granted),
                Resources.unlimited());
    }

    private GuestRun start(Program program, OutputStream out) {
        return sandbox.prepare(
                program,
                new Invocation(
                        List.of("guest"),
                        new LinkedHashMap<>(),
                        InputStream.nullInputStream(),
                        out,
                        OutputStream.nullOutputStream(),
                        _ -> {}));
    }

    private RunOutcome run(Program program) {
        return start(program, OutputStream.nullOutputStream()).execute().outcome();
    }

    /** A guest that exits with the sum of the numbers it got. */
    private static String calls(int number) {
        String sum = "(i32.const 0)";
        for (int i = 0; i < number; i++) {
            sum = "(i32.add " + sum + " (call $next))";
        }
        return BOTH.formatted("(call $proc_exit " + sum + ")");
    }

    @Test
    void run_eachHasAStateOfItsOwn_inAKeptInstanceToo() throws Exception {
        Program program = program(calls(3), services);

        for (int run = 1; run <= 3; run++) {
            assertThat(run(program)).isEqualTo(new Exited(1 + 2 + 3));
            assertThat(counter.opened).hasValue(run);
            assertThat(counter.closed).hasValue(run);
        }
        assertThat(sandbox.instances().bytes()).isPositive();
    }

    @Test
    void run_importsButDoesNotCall_nothingIsOpened() throws Exception {
        assertThat(run(program(calls(0), services))).isEqualTo(new Exited(0));

        assertThat(counter.begun).hasValue(1);
        assertThat(counter.opened).hasValue(0);
    }

    @Test
    void run_importsNothing_noServiceIsTold() throws Exception {
        assertThat(run(program(NONE, services))).isEqualTo(new Exited(0));

        assertThat(counter.begun).hasValue(0);
        assertThat(other.begun).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    (drop (call $next))                                        | Exited
                    (drop (call $next)) (call $proc_exit (i32.const 7))        | Exited
                    (drop (call $next)) (unreachable)                          | Trapped
                    (drop (call $next)) (drop (i32.load (i32.const -1)))       | Trapped
                    (drop (call $next)) (call $endless)                        | Trapped
                    (drop (call $next)) (loop (br 0))                          | TimeLimitReached
                    (drop (call $next)) (loop (drop (call $next)) (br 0))      | TimeLimitReached
                    """)
    void run_howeverItEnds_theStateIsClosedOnce(String body, String outcome) throws Exception {
        RunOutcome ended = run(program(BOTH.formatted(body), services));

        assertThat(ended.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(counter.opened).hasValue(1);
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void run_cancelledWhileItRuns_theStateIsClosed() throws Exception {
        // One byte of output after the call; the output cancels its own run.
        String write =
                "(drop (call $next)) (i32.store (i32.const 4) (i32.const 1)) (drop (call $fd_write"
                        + " (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))";
        var refusing =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new RunCancelledException("no");
                    }
                };

        RunReport report = start(program(BOTH.formatted(write), services), refusing).execute();

        assertThat(report.outcome()).isEqualTo(new Cancelled());
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void run_functionFails_isAFaultOfTheHostAndTheStateIsClosed() throws Exception {
        Program program = program(BOTH.formatted("(drop (call $fail))"), services);

        assertThatThrownBy(() -> run(program))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("counter fails");
        assertThat(counter.closed).hasValue(1);
        assertThat(sandbox.instances().bytes()).isZero();
    }

    @Test
    void run_stateDoesNotOpen_isAFaultOfTheHost() throws Exception {
        counter.failingToOpen();
        Program program = program(calls(1), services);

        assertThatThrownBy(() -> run(program)).hasMessage("counter does not open");
        assertThat(counter.closed).hasValue(0);
    }

    private static final String THREE =
            """
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
              (import "counter" "next" (func $next (result i32)))
              (import "other" "next" (func $other (result i32)))
              (func (export "_start")
                (drop (call $next)) (drop (call $other)) (drop (call $next))
                (call $proc_exit
                  (i32.add (call $next) (i32.mul (i32.const 10) (call $other))))))
            """;

    @Test
    void run_threeServicesSideBySide_doNotMixTheirStates() throws Exception {
        assertThat(run(program(THREE, services))).isEqualTo(new Exited(23));

        assertThat(counter.closed).hasValue(1);
        assertThat(other.closed).hasValue(1);
    }

    @Test
    void run_oneServiceDoesNotClose_theOthersDo() throws Exception {
        counter.failingToClose();
        other.failingToClose();
        Program program = program(THREE, services);

        assertThatThrownBy(() -> run(program))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("does not close");
        assertThat(counter.closed).hasValue(1);
        assertThat(other.closed).hasValue(1);
    }

    @Test
    void prepare_serviceNotGranted_namesFunctionAndService() {
        HostModules wasi = services.granted(Set.of("wasi"));

        assertThatThrownBy(() -> program(THREE, wasi))
                .isInstanceOf(ProgramException.class)
                .hasMessage(
                        "the module imports what its route does not grant: counter.next of"
                                + " 'counter', other.next of 'other'");
    }

    @Test
    void prepare_granted_runsWithoutTheOthers() throws Exception {
        HostModules two = services.granted(Set.of("counter", "wasi"));

        assertThat(run(program(calls(2), two))).isEqualTo(new Exited(3));
        assertThat(run(program(NONE, services.granted(Set.of())))).isEqualTo(new Exited(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    (import "env" "magic" (func))             | env.magic
                    (import "counter" "last" (func))          | counter.last
                    (import "counter" "next" (memory 1))      | counter.next
                    (import "counter.next" "" (func))         | counter.next.
                    (import "" "counter.next" (func))         | .counter.next
                    """)
    void prepare_importOfNoService_isNamedWithWhatIsAvailable(String text, String named) {
        HostModules granted = services.granted(Set.of("counter", "wasi"));

        assertThatThrownBy(
                        () -> program("(module " + text + " (func (export \"_start\")))", granted))
                .isInstanceOf(ProgramException.class)
                .hasMessage(
                        "the module imports what nobody provides: "
                                + named
                                + " (available: Counter counter, counter; WASI preview 1,"
                                + " wasi_snapshot_preview1)");
    }

    @Test
    void prepare_importOfAnotherType_isRefused() {
        String text = "(module (import \"counter\" \"next\" (func)) (func (export \"_start\")))";

        assertThatThrownBy(() -> program(text, services))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("the module does not link: ");
    }

    @Test
    void granted_noServiceOfThatName_isRefused() {
        assertThatThrownBy(() -> services.granted(Set.of("wasi", "counters")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no service 'counters': there are [wasi, counter, other]");
    }

    @Test
    void of_oneNameTwice_isRefused() {
        assertThatThrownBy(() -> HostModules.of(counter, new CounterService("counter")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two services are 'counter'");
    }

    @Test
    void standardOutput_isThatOfWasiWhateverElseIsGranted() throws Exception {
        String write =
                "(i32.store (i32.const 4) (i32.const 1)) (i32.store (i32.const 0) (i32.const 4))"
                        + " (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1)"
                        + " (i32.const 8))) (drop (call $next))";
        var out = new ByteArrayOutputStream();

        RunReport report = start(program(BOTH.formatted(write), services), out).execute();

        assertThat(report.outcome()).isEqualTo(new Exited(0));
        assertThat(out.toByteArray()).containsExactly(1);
    }
}
