package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.RunOutcome.Trapped;
import dev.jetway.sandbox.memory.FlatMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An instance that is used again shows no trace of the run before. */
final class KeptInstancesTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final GuestLimits TIGHT =
            GuestLimits.DEFAULT.withWallTime(Duration.ofMillis(100));

    /**
     * Exits with 1 if a byte outside of its data is not zero, with 2 if its data, with 3 if its
     * global is not the initial one, with 4 if its memory and 5 if its table is larger than at
     * first, with 6 and 7 if its table holds something else, and traps if its passive segments are
     * missing; then changes all of them, and runs the given body.
     */
    private static final String LOOKS_AND_SOILS =
            """
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
              (memory (export "memory") 3 8)
              (table $table 2 4 funcref)
              (elem (i32.const 0) $first)
              (elem $passive func $second)
              (global $mark (mut i32) (i32.const 7))
              (data (i32.const 16) "data")
              (data $loose "loose")
              (func $first)
              (func $second)
              (func (export "_start") (local $at i32)
                (if (i32.ne (i32.load (i32.const 16)) (i32.const 0x61746164))
                  (then (call $proc_exit (i32.const 2))))
                (if (i32.ne (global.get $mark) (i32.const 7))
                  (then (call $proc_exit (i32.const 3))))
                (if (i32.ne (memory.size) (i32.const 3))
                  (then (call $proc_exit (i32.const 4))))
                (if (i32.ne (table.size $table) (i32.const 2))
                  (then (call $proc_exit (i32.const 5))))
                (if (ref.is_null (table.get $table (i32.const 0)))
                  (then (call $proc_exit (i32.const 6))))
                (if (i32.eqz (ref.is_null (table.get $table (i32.const 1))))
                  (then (call $proc_exit (i32.const 7))))
                (memory.init $loose (i32.const 16) (i32.const 0) (i32.const 5))
                (table.init $table $passive (i32.const 1) (i32.const 0) (i32.const 1))
                (data.drop $loose)
                (elem.drop $passive)
                (table.set $table (i32.const 0) (ref.null func))
                (drop (table.grow $table (ref.null func) (i32.const 2)))
                (i64.store (i32.const 16) (i64.const 0))
                (loop $next
                  (if (i64.ne (i64.load (local.get $at)) (i64.const 0))
                    (then (call $proc_exit (i32.const 1))))
                  (local.set $at (i32.add (local.get $at) (i32.const 8)))
                  (br_if $next (i32.lt_u (local.get $at) (i32.const 196608))))
                (memory.fill (i32.const 0) (i32.const 0xff) (i32.const 196608))
                (if (i32.eq (memory.grow (i32.const 5)) (i32.const -1))
                  (then (call $proc_exit (i32.const 8))))
                (memory.fill (i32.const 196608) (i32.const 0xff) (i32.const 327680))
                (global.set $mark (i32.const 8))
            """;

    @TempDir private Path folder;
    private final Sandbox sandbox = TestSandbox.open();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Program program(String then) throws Exception {
        return program(then, GuestLimits.DEFAULT);
    }

    private Program program(String then, GuestLimits limits) throws Exception {
        Path file = Files.writeString(folder.resolve("guest.wat"), LOOKS_AND_SOILS + then + "))");
        return program(file, limits);
    }

    private static Program program(Path file, GuestLimits limits) throws Exception {
        return TestSandbox.program(
                MODULES.load(new FileReference(file)).module(), "_start", limits, List.of());
    }

    private RunOutcome run(Program program) {
        return sandbox.prepare(
                        program,
                        new Invocation(
                                List.of("guest"),
                                new LinkedHashMap<>(),
                                InputStream.nullInputStream(),
                                OutputStream.nullOutputStream(),
                                OutputStream.nullOutputStream(),
                                _ -> {}))
                .execute()
                .outcome();
    }

    @Test
    void theNextRunFindsNothingOfTheOneBefore() throws Exception {
        Program program = program("");
        assertThat(run(program)).isEqualTo(new Exited(0));
        GuestInstance first = takeBack(program);

        for (int i = 0; i < 20; i++) {
            assertThat(run(program)).isEqualTo(new Exited(0));
            assertThat(takeBack(program)).isSameAs(first);
        }
    }

    /** Its array is exactly as long as its memory, at first and when it has grown. */
    @Test
    void theNextRunOfAGuestThatGrowsInLargeStepsFindsNothingEither() throws Exception {
        String text =
                LOOKS_AND_SOILS
                                .replace("3 8)", "3 200)")
                                .replace("grow (i32.const 5)", "grow (i32.const 128)")
                        + "))";
        Program program =
                program(Files.writeString(folder.resolve("large.wat"), text), GuestLimits.DEFAULT);
        assertThat(run(program)).isEqualTo(new Exited(0));
        GuestInstance first = takeBack(program);

        for (int i = 0; i < 5; i++) {
            assertThat(Objects.requireNonNull(first.memory()).bytes).hasSize(3 << 16);
            assertThat(run(program)).isEqualTo(new Exited(0));
            assertThat(takeBack(program)).isSameAs(first);
        }
    }

    /** A start function's changes are undone too. */
    @Test
    void theStartFunctionFindsNothingOfTheRunBeforeEither() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("start.wat"),
                        """
                        (module
                          (memory 1)
                          (table $table 1 4 funcref)
                          (global $mark (mut i64) (i64.const 7))
                          (start $begin)
                          (func $begin
                            (if (i64.ne (global.get $mark) (i64.const 7)) (then unreachable))
                            (if (i32.load (i32.const 8)) (then unreachable))
                            (if (i32.ne (table.size $table) (i32.const 1)) (then unreachable))
                            (i32.store (i32.const 8) (i32.const 1))
                            (drop (table.grow $table (ref.null func) (i32.const 1)))
                            (global.set $mark (i64.const 8)))
                          (func (export "_start")
                            (if (i64.ne (global.get $mark) (i64.const 8)) (then unreachable))
                            (if (i32.ne (i32.load (i32.const 8)) (i32.const 1)) (then unreachable))
                            (if (i32.ne (table.size $table) (i32.const 2)) (then unreachable))
                            (i32.store (i32.const 8) (i32.const 2))
                            (drop (table.grow $table (ref.null func) (i32.const 2)))
                            (global.set $mark (i64.const 9))))
                        """);
        Program program = program(file, GuestLimits.DEFAULT);

        assertThat(run(program)).isEqualTo(new Exited(0));
        GuestInstance first = takeBack(program);
        assertThat(run(program)).isEqualTo(new Exited(0));
        assertThat(takeBack(program)).isSameAs(first);
    }

    @Test
    void aRunThatCallsExitIsFollowedByAnother() throws Exception {
        Program program = program("(call $proc_exit (i32.const 0))");
        assertThat(run(program)).isEqualTo(new Exited(0));
        GuestInstance first = takeBack(program);

        assertThat(run(program)).isEqualTo(new Exited(0));
        assertThat(takeBack(program)).isSameAs(first);
    }

    @Test
    void anotherProgramNeverHasIt() throws Exception {
        Program first = program("");
        Program second = program("");
        run(first);

        assertThat(sandbox.instances().take(second)).isEmpty();
        assertThat(sandbox.instances().take(first)).isPresent();
        assertThat(sandbox.instances().take(first)).isEmpty();
    }

    @Test
    void theInstanceOfARunThatFailedIsNotKept() throws Exception {
        assertThat(run(program("unreachable"))).isInstanceOf(Trapped.class);
        assertThat(sandbox.instances().bytes()).isZero();
    }

    @Test
    void theInstanceOfARunThatWasEndedIsNotKept() throws Exception {
        Program program = program("(loop (br 0))", TIGHT);

        assertThat(run(program)).isInstanceOf(TimeLimitReached.class);
        assertThat(sandbox.instances().bytes()).isZero();
    }

    /** The exceptions that a run has caught are those of no other run. */
    @Test
    void theInstanceOfAModuleWithExceptionsIsKept() throws Exception {
        Path file = GuestProgram.SOURCES.resolve("exceptions").resolve("two-of-one-tag.wasm");
        Program program = program(file, GuestLimits.DEFAULT);

        for (int i = 0; i < 3; i++) {
            assertThat(run(program)).isEqualTo(new Exited(42));
            GuestInstance kept = sandbox.instances().take(program).orElseThrow();
            assertThat(kept.hasCaught()).isFalse();
            sandbox.instances().keep(program, kept);
        }
    }

    @Test
    void ofAProgramThatIsForgottenNothingIsKeptAlsoOfARunThatHasBegun() throws Exception {
        Program program = program("");
        Program other = program("");
        run(program);
        run(other);
        long kept = sandbox.instances().bytes();

        sandbox.forget(program);

        assertThat(sandbox.instances().bytes()).isEqualTo(kept / 2);
        assertThat(run(program)).isEqualTo(new Exited(0));
        assertThat(sandbox.instances().take(program)).isEmpty();
        assertThat(sandbox.instances().take(other)).isPresent();
        assertThat(sandbox.instances().bytes()).isZero();
    }

    @Test
    void whatIsKeptIsBounded() throws Exception {
        Program first = program("");
        Program second = program("");
        long size = used(first).keptBytes();
        var instances = new KeptInstances(new ByteSize(2 * size), new ByteSize(9 * size));

        instances.keep(first, used(first));
        instances.keep(second, used(second));
        assertThat(instances.bytes()).isEqualTo(2 * size);
        instances.keep(second, used(second));
        assertThat(instances.bytes()).isEqualTo(2 * size);
        assertThat(instances.take(first)).isEmpty();
        assertThat(instances.take(second)).isPresent();
        assertThat(instances.take(second)).isPresent();
        assertThat(instances.bytes()).isZero();

        var small = new KeptInstances(new ByteSize(size - 1), new ByteSize(9 * size));
        small.keep(first, used(first));
        assertThat(small.bytes()).isZero();
    }

    /** A large one, of 16 pages, has room where small ones have not; the last used of all stay. */
    @Test
    void smallInstancesAreBoundedByThemselvesAndWithLargeOnes() throws Exception {
        Program small = program("");
        long smallSize = used(small).keptBytes();
        Program large = program(wat(16), GuestLimits.DEFAULT);
        long largeSize = used(large).keptBytes();
        assertThat(largeSize).isGreaterThanOrEqualTo(KeptInstances.LARGE.bytes());
        assertThat(used(program(wat(15), GuestLimits.DEFAULT)).keptBytes())
                .isLessThan(KeptInstances.LARGE.bytes());
        Program other = program(wat(16), GuestLimits.DEFAULT);
        var instances =
                new KeptInstances(
                        new ByteSize(smallSize), new ByteSize(2 * largeSize + smallSize - 1));

        instances.keep(large, used(large));
        instances.keep(small, used(small));
        instances.keep(small, used(small));
        assertThat(instances.bytes()).isEqualTo(largeSize + smallSize);
        instances.keep(other, used(other));

        assertThat(instances.take(large)).isEmpty();
        assertThat(instances.take(small)).isPresent();
        assertThat(instances.take(small)).isEmpty();
        assertThat(instances.take(other)).isPresent();
        assertThat(instances.bytes()).isZero();
    }

    /** A program whose memory has so many pages. */
    private Path wat(int pages) throws IOException {
        return Files.writeString(
                folder.resolve(pages + ".wat"),
                "(module (memory (export \"memory\") %d) (func (export \"_start\")))"
                        .formatted(pages));
    }

    @ParameterizedTest
    @CsvSource({"1000, 64", "1024, 64", "1040, 65", "6016, 376"})
    void whatIsKeptMayTakeASixteenthOfTheHeap(int heapMebibytes, int keptMebibytes) {
        assertThat(Sandbox.kept((long) heapMebibytes << 20))
                .isEqualTo(ByteSize.ofMebibytes(keptMebibytes));
    }

    @Test
    void whatIsKeptCountsItsMemoryTablesGlobalsAndFunctions() throws Exception {
        long written = 3L * FlatMemory.PAGE_SIZE;

        assertThat(used(program("")).keptBytes())
                .isBetween(written + GuestInstance.BYTES, written + GuestInstance.BYTES + 1024L);
    }

    private static GuestInstance used(Program program) {
        var instance = new GuestInstance(program, () -> false);
        instance.begin();
        FlatMemory memory = Objects.requireNonNull(instance.memory());
        memory.fill((byte) 1, 0, memory.pages() * FlatMemory.PAGE_SIZE);
        instance.end();
        return instance;
    }

    /** Takes the kept instance of a program and puts it back. */
    private GuestInstance takeBack(Program program) {
        GuestInstance kept = sandbox.instances().take(program).orElseThrow();
        assertThat(sandbox.instances().bytes()).isZero();
        sandbox.instances().keep(program, kept);
        return kept;
    }
}
