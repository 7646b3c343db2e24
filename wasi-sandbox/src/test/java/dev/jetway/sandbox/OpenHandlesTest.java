package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a run stays open, however it ends. */
final class OpenHandlesTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int RUNS = 50;

    @TempDir private Path folder;

    @Test
    void runs_thatEndInEveryWay_leaveNoHandle() throws Exception {
        assumeTrue(Files.isDirectory(HANDLES), "the kernel lists the handles of a process");
        Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(folder.resolve("a/b/c/file"), "text");
        var guest =
                new GuestProgram("probe.wasm", new Volume("/", folder))
                        .within(Duration.ofMillis(20));
        try (var sandbox = new Sandbox()) {
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
