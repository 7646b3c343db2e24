package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.sandbox.RunOutcome.Trapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No handle of a run stays open, however the run ends. */
final class OpenHandlesTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int RUNS = 50;

    /** Modules with frames of different sizes. */
    private static final int DEPTHS = 6;

    @TempDir private Path folder;

    @Test
    void runs_thatEndInEveryWay_leaveNoHandle() throws Exception {
        assumeTrue(Files.isDirectory(HANDLES), "the kernel lists the handles of a process");
        Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(folder.resolve("a/b/c/file"), "text");
        var guest =
                new GuestProgram("probe.wasm", new Volume("/", folder))
                        .within(Duration.ofMillis(20));
        try (var sandbox = TestSandbox.open()) {
            guest.run(sandbox, "probe", "read|a/b/c/file");
            long before = open();
            for (int i = 0; i < RUNS; i++) {
                for (String end : List.of("lstat|a", "trap", "exit|3", "read|a/none/b")) {
                    guest.run(sandbox, "probe", "keep|a/b", "keep|a/b/c/file", end);
                }
            }
            guest.run(sandbox, "probe", "keep|a/b/c", "sleep");
            guest.run(sandbox, "probe", "keep|a/b/c", "spin");

            assertThat(ofTheVolume()).isEmpty();
            assertThat(open()).isLessThanOrEqualTo(before);
        }
    }

    /** Recursion without end that opens and closes a file at each depth, or keeps it open. */
    private static String recursion(boolean closes, int locals) {
        return """
        (module
          (import "wasi_snapshot_preview1" "path_open"
            (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "a/b/c/file")
          (func $down (export "_start") (local%s)
            (drop (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 10)
              (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 64)))
            %s
            (call $down)
            (call $down)))
        """
                .formatted(
                        " i64".repeat(locals),
                        closes ? "(drop (call $close (i32.load (i32.const 64))))" : "");
    }

    @Test
    void runs_thatEndTheStackInAHostFunction_leaveNoHandle() throws Exception {
        assumeTrue(Files.isDirectory(HANDLES), "the kernel lists the handles of a process");
        Path volume = Files.createDirectory(folder.resolve("volume"));
        Files.createDirectories(volume.resolve("a/b/c"));
        Files.writeString(volume.resolve("a/b/c/file"), "text");
        try (var sandbox = TestSandbox.open()) {
            for (int locals = 0; locals < DEPTHS; locals++) {
                Path module = folder.resolve("down" + locals + ".wat");
                Files.writeString(module, recursion(locals % 2 == 0, locals));
                var guest = new GuestProgram(module, new Volume("/", volume));
                for (int i = 0; i < RUNS / 10; i++) {
                    assertThat(guest.run(sandbox, "down").report().outcome())
                            .isEqualTo(new Trapped("call stack exhausted"));
                }
            }

            assertThat(ofTheVolume()).isEmpty();
        }
    }

    private static long open() throws IOException {
        try (var handles = Files.list(HANDLES)) {
            return handles.count();
        }
    }

    private List<Path> ofTheVolume() throws IOException {
        try (var handles = Files.list(HANDLES)) {
            return handles.filter(this::isInTheVolume).toList();
        }
    }

    private boolean isInTheVolume(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(folder);
        } catch (IOException e) {
            return false;
        }
    }
}
