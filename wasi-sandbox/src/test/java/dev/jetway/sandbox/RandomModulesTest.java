package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next run of a module finds what its first run found, whatever the module does. */
final class RandomModulesTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final int MODULES_TRIED = 25;
    private static final int RUNS = 5;

    @TempDir private Path folder;

    @Test
    void everyRunOfARandomModuleFindsWhatTheFirstOneFound() throws Exception {
        var found = new HashSet<String>();
        for (int seed = 0; seed < MODULES_TRIED; seed++) {
            Program program = program(seed);
            try (var sandbox = TestSandbox.open()) {
                byte[] first = run(sandbox, program);
                for (int i = 1; i < RUNS; i++) {
                    // The memory is used again.
                    assertThat(sandbox.instances().bytes()).isPositive();
                    assertThat(run(sandbox, program)).as("seed %d", seed).isEqualTo(first);
                }
                found.add(Arrays.toString(first));
            }
        }
        assertThat(found).hasSize(MODULES_TRIED);
    }

    private Program program(int seed) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve(seed + ".wat"), new RandomModule(new Random(seed)).text());
        return TestSandbox.program(
                MODULES.load(new FileReference(file)).module(),
                "_start",
                GuestLimits.DEFAULT,
                List.of());
    }

    private static byte[] run(Sandbox sandbox, Program program) {
        var out = new ByteArrayOutputStream();
        RunReport report =
                sandbox.prepare(
                                program,
                                new Invocation(
                                        List.of("guest"),
                                        new LinkedHashMap<>(),
                                        InputStream.nullInputStream(),
                                        out,
                                        OutputStream.nullOutputStream(),
                                        _ -> {}))
                        .execute();
        assertThat(report.outcome()).isEqualTo(new Exited(0));
        assertThat(out.size()).isEqualTo(8);
        return out.toByteArray();
    }
}
