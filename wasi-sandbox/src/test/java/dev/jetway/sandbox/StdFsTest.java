package dev.jetway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rust's std::fs, function by function: src/test/guests/std_fs.rs. Its table marks results that
 * differ on Linux; docs/wasi.md has the reasons.
 */
final class StdFsTest {
    private static final Sandbox SANDBOX = TestSandbox.open();

    @TempDir private Path folder;

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void stdFs_onAVolume_givesWhatTheTableSays() throws Exception {
        assertGives(new GuestProgram("std_fs.wasm", new Volume("/tmp", folder)));
    }

    @Test
    void stdFs_inScratch_givesWhatTheTableSays() throws Exception {
        ByteSize scratch = ByteSize.ofMebibytes(16);
        assertGives(
                new GuestProgram("std_fs.wasm")
                        .limited(l -> l.withFiles(l.files().withScratch(scratch))));
    }

    private static void assertGives(GuestProgram guest) throws Exception {
        GuestProgram.Result result = guest.run(SANDBOX, "std_fs", "/tmp");

        assertThat(result.err()).isEmpty();
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        assertThat(result.out().lines().toList()).isEqualTo(table());
    }

    private static List<String> table() throws IOException {
        try (var stream =
                Objects.requireNonNull(StdFsTest.class.getResourceAsStream("std_fs.txt"))) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("  # Linux: .*", ""))
                    .toList();
        }
    }
}
