package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.RunOutcome.Trapped;
import dev.jetway.unit.ByteSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory that is used again shows nothing of the run before. */
final class KeptMemoriesTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final int PAGE = Memory.PAGE_SIZE;

    private static final int LEAVES = 3 * PAGE / PagedMemory.LEAF;

    /** What a memory of three pages keeps: its own leaves, and two references for each. */
    private static final long KEPT = LEAVES * (PagedMemory.LEAF + 8L);

    /** What it keeps if it has grown. */
    private static final long MOST =
            (long) PagedMemory.SPARE_LEAVES * PagedMemory.LEAF + LEAVES * 8L;

    private static final GuestLimits TIGHT =
            GuestLimits.DEFAULT.withWallTime(Duration.ofMillis(100));

    /**
     * Ends with 1 if a byte outside of its data is not zero, with 2 if its data is not what it was
     * compiled with, with 3 if its global is not what it was, 4 if its memory and 5 if its table is
     * larger than at first, 6 and 7 if its table holds something else, and with a trap if its
     * passive segments are not there; then leaves its mark on all of them, and does what follows.
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
    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Program program(String then) throws Exception {
        return program(then, GuestLimits.DEFAULT);
    }

    private Program program(String then, GuestLimits limits) throws Exception {
        Path file = Files.writeString(folder.resolve("guest.wat"), LOOKS_AND_SOILS + then + "))");
        return Program.prepare(MODULES.load(file).module(), "_start", limits, List.of());
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
                                () -> {}))
                .execute()
                .outcome();
    }

    @Test
    void theNextRunFindsNothingOfTheOneBefore() throws Exception {
        Program program = program("");

        for (int i = 0; i < 20; i++) {
            assertThat(run(program)).isEqualTo(new Exited(0));
            // The same one each time: it was used again, and no other was made.
            assertThat(sandbox.memories().bytes()).isEqualTo(MOST);
        }
    }

    @Test
    void anotherProgramNeverHasIt() throws Exception {
        Program first = program("");
        Program second = program("");
        run(first);

        assertThat(sandbox.memories().take(second)).isEmpty();
        assertThat(sandbox.memories().take(first)).isPresent();
        assertThat(sandbox.memories().take(first)).isEmpty();
    }

    @Test
    void aMemoryOfARunThatFailedIsNotKept() throws Exception {
        assertThat(run(program("unreachable"))).isInstanceOf(Trapped.class);
        assertThat(sandbox.memories().bytes()).isZero();
    }

    @Test
    void aMemoryOfARunThatWasEndedIsNotKept() throws Exception {
        Program program = program("(loop (br 0))", TIGHT);

        assertThat(run(program)).isInstanceOf(TimeLimitReached.class);
        assertThat(sandbox.memories().bytes()).isZero();
    }

    @Test
    void whatIsKeptIsBounded() throws Exception {
        Program first = program("");
        Program second = program("");
        var memories = new KeptMemories(new ByteSize(2 * KEPT));

        memories.keep(first, used());
        memories.keep(second, used());
        assertThat(memories.bytes()).isEqualTo(2 * KEPT);
        memories.keep(second, used());
        assertThat(memories.bytes()).isEqualTo(2 * KEPT);
        assertThat(memories.take(first)).isEmpty();
        assertThat(memories.take(second)).isPresent();
        assertThat(memories.take(second)).isPresent();
        assertThat(memories.bytes()).isZero();

        new KeptMemories(new ByteSize(KEPT - 1)).keep(first, used());
        assertThat(memories.bytes()).isZero();
    }

    /** Of three pages, all of them written. */
    private static PagedMemory used() {
        var memory =
                new PagedMemory(
                        new MemoryLimits(3, 3),
                        new MemoryImage(),
                        new MemoryAccount("memory", ByteSize.ofMebibytes(1)));
        memory.fill((byte) 1, 0, 3 * PAGE);
        memory.end();
        return memory;
    }
}
