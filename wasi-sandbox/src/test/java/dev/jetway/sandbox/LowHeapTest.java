package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.HostMemoryExhausted;
import dev.jetway.sandbox.memory.HeapReserve;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a sandbox is told that the heap is low, its guests get little and leave nothing behind. */
final class LowHeapTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));

    @TempDir private Path folder;
    private final AtomicBoolean low = new AtomicBoolean();
    private final Sandbox sandbox = new Sandbox(TestSandbox.WASI, low::get);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Program guest(int pages) throws Exception {
        String text = "(module (memory %d) (func (export \"_start\")))".formatted(pages);
        var file = new FileReference(Files.writeString(folder.resolve(pages + ".wat"), text));
        return TestSandbox.program(
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
                                _ -> {}))
                .execute()
                .outcome();
    }

    @Test
    void run_moreThanALittleMemory_isRefusedWhileTheHeapIsLow() throws Exception {
        Program little = guest(4);
        Program more = guest(5);

        low.set(true);
        assertThat(run(little)).isEqualTo(new Exited(0));
        assertThat(run(more)).isEqualTo(new HostMemoryExhausted(HeapReserve.LIMIT));

        low.set(false);
        assertThat(run(more)).isEqualTo(new Exited(0));
    }

    @Test
    void run_keptInstances_areGivenUpWhileTheHeapIsLow() throws Exception {
        Program program = guest(1);
        run(program);
        assertThat(sandbox.instances().bytes()).isPositive();

        low.set(true);
        run(program);
        assertThat(sandbox.instances().bytes()).isZero();
    }
}
