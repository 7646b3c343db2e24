package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModuleValidatorTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));

    @TempDir private Path folder;

    private Program program(String parts) throws Exception {
        String text = "(module " + parts + " (func (export \"_start\")))";
        return prepare(text);
    }

    private Program prepare(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("guest.wat"), text);
        return TestSandbox.program(
                MODULES.load(new FileReference(file)).module(),
                "_start",
                GuestLimits.DEFAULT,
                List.of());
    }

    private static RunOutcome run(Program program) {
        try (var sandbox = TestSandbox.open()) {
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
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(table 1000001 funcref) | 1000001 entries, the limit is 1000000",
                "(table 600000 funcref) (table 400001 funcref) | 1000001 entries",
            })
    void whatWouldUseMemoryThatNobodyCountsIsRefused(String parts, String reason) {
        assertThatThrownBy(() -> program(parts))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tablesHaveTheirEntriesAndNoMore() throws Exception {
        String grow =
                """
                (module
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (table $one 999990 funcref)
                  (table $two 4 funcref)
                  (func (export "_start")
                    (if (i32.ne (table.grow $one (ref.null func) (i32.const 5))
                        (i32.const 999990))
                      (then (call $exit (i32.const 1))))
                    (if (i32.ne (table.grow $two (ref.null func) (i32.const 2)) (i32.const -1))
                      (then (call $exit (i32.const 2))))
                    (if (i32.ne (table.grow $two (ref.null func) (i32.const 1)) (i32.const 4))
                      (then (call $exit (i32.const 3))))
                    (if (i32.ne (table.grow $one (ref.null func) (i32.const -1)) (i32.const -1))
                      (then (call $exit (i32.const 4))))))
                """;

        Program program = prepare(grow);

        assertThat(run(program)).isEqualTo(new Exited(0));
        assertThat(run(program)).isEqualTo(new Exited(0));
    }
}
