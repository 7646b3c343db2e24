package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.Trapped;
import dev.jetway.unit.ByteSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /**
     * Ends with 1 if a byte outside of its data is not zero, with 2 if its data is not what it was
     * compiled with, with 3 if its global is not what it was; then leaves its mark on all of them,
     * and does what follows.
     */
    private static final String LOOKS_AND_SOILS =
            """
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
              (memory (export "memory") 3 8)
              (global $mark (mut i32) (i32.const 7))
              (data (i32.const 16) "data")
              (func (export "_start") (local $at i32)
                (if (i32.ne (i32.load (i32.const 16)) (i32.const 0x61746164))
                  (then (call $proc_exit (i32.const 2))))
                (if (i32.ne (global.get $mark) (i32.const 7))
                  (then (call $proc_exit (i32.const 3))))
                (i32.store (i32.const 16) (i32.const 0))
                (loop $next
                  (if (i64.ne (i64.load (local.get $at)) (i64.const 0))
                    (then (call $proc_exit (i32.const 1))))
                  (local.set $at (i32.add (local.get $at) (i32.const 8)))
                  (br_if $next (i32.lt_u (local.get $at) (i32.const 196608))))
                (memory.fill (i32.const 0) (i32.const 0xff) (i32.const 196608))
                (global.set $mark (i32.const 8))
            """;

    @TempDir private Path folder;
    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Program program(String then) throws Exception {
        Path file = Files.writeString(folder.resolve("guest.wat"), LOOKS_AND_SOILS + then + "))");
        return Program.prepare(
                MODULES.load(file).module(), "_start", GuestLimits.DEFAULT, List.of());
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
    void theNextRunFindsAMemoryAsNew() throws Exception {
        Program program = program("");

        for (int i = 0; i < 20; i++) {
            assertThat(run(program)).isEqualTo(new Exited(0));
            // The same one each time: it was used again, and no other was made.
            assertThat(sandbox.memories().bytes()).isEqualTo(3L * PAGE);
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
    void aMemoryThatHasGrownIsNotKept() throws Exception {
        assertThat(run(program("(drop (memory.grow (i32.const 1)))"))).isEqualTo(new Exited(0));
        assertThat(sandbox.memories().bytes()).isZero();
    }

    @Test
    void aMemoryOfARunThatFailedIsNotKept() throws Exception {
        assertThat(run(program("unreachable"))).isInstanceOf(Trapped.class);
        assertThat(sandbox.memories().bytes()).isZero();
    }

    @Test
    void whatIsKeptIsBounded() throws Exception {
        var memories = new KeptMemories(new ByteSize(4L * PAGE));
        Program first = program("");
        Program second = program("");

        memories.keep(first, memory(2));
        memories.keep(second, memory(2));
        assertThat(memories.bytes()).isEqualTo(4L * PAGE);
        memories.keep(second, memory(1));
        assertThat(memories.bytes()).isEqualTo(3L * PAGE);
        assertThat(memories.take(first)).isEmpty();
        assertThat(memories.take(second)).map(Memory::pages).contains(1);

        memories.keep(first, memory(5));
        assertThat(memories.take(first)).isEmpty();
        assertThat(memories.take(second)).map(Memory::pages).contains(2);
        assertThat(memories.bytes()).isZero();
    }

    private static Memory memory(int pages) {
        return new ByteArrayMemory(new MemoryLimits(pages, pages));
    }
}
