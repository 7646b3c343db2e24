package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.HostRun;
import dev.jetway.sandbox.memory.FlatMemory;
import dev.jetway.sandbox.wasi.WasiModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After the reset of an instance all of its memory is what the module's file says, with zeros
 * behind it, whatever the guest did and however it ended.
 */
final class WholeMemoryTest {
    private static final Path CORPUS = Path.of("..", "examples", "hostile").toAbsolutePath();
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final Sandbox SANDBOX =
            new Sandbox(TestSandbox.WASI, () -> false, Clocks.SYSTEM, new Random(1));
    private static final int RUNS = 2;
    private static final long MILLIS = 100;

    @TempDir private static Path folder;

    static Stream<Path> hostileGuests() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files
                    .filter(f -> f.toString().endsWith(".wat") || f.toString().endsWith(".wasm"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileGuests")
    void reset_afterAGuestOfTheHostileCorpus(Path guest) throws Exception {
        assertClean(guest);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111})
    void reset_afterARandomModule(int seed) throws Exception {
        String text = new RandomModule(new Random(seed)).text();

        assertClean(Files.writeString(folder.resolve(seed + ".wat"), text));
    }

    private static void assertClean(Path file) throws Exception {
        CompiledModule module;
        Program program;
        try {
            module = MODULES.load(new FileReference(file)).module();
            program = TestSandbox.program(module, "_start", GuestLimits.DEFAULT, List.of());
        } catch (dev.jetway.module.source.ModuleException | ProgramException e) {
            // Refused: no guest of it ever has a memory.
            return;
        }
        var instance = new GuestInstance(program, () -> false);
        for (int i = 0; i < RUNS; i++) {
            run(program, instance);
            instance.end();
            FlatMemory memory = instance.memory();
            if (memory != null && instance.isComplete()) {
                assertThat(memory.cards).containsOnly((short) 0);
                assertThat(Arrays.mismatch(memory.bytes, image(module, memory))).isEqualTo(-1);
            }
        }
    }

    private static byte[] image(CompiledModule module, FlatMemory memory) {
        var image = new byte[memory.bytes.length];
        byte @Nullable [] @Nullable [] pieces =
                Objects.requireNonNull(module.memoryImage().pieces());
        for (int i = 0; i < pieces.length; i++) {
            byte[] piece = pieces[i];
            if (piece != null) {
                System.arraycopy(piece, 0, image, i * FlatMemory.CARD, FlatMemory.CARD);
            }
        }
        return image;
    }

    /** Runs a guest, which is told to end after a while. */
    private static void run(Program program, GuestInstance instance) {
        Thread thread = Thread.currentThread();
        var ended = new CompletableFuture<Void>();
        CompletableFuture<Void> end =
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, MILLIS, TimeUnit.MILLISECONDS)
                        .thenRun(() -> tell(thread, instance, ended));
        try (HostRun wasi = wasi(program)) {
            wasi.run(() -> {
                instance.begin();
                instance.call(program.entry());
                return 0;
            });
        } catch (RuntimeException | StackOverflowError e) {
            assertThat(e).isNotNull();
        } finally {
            ended.complete(null);
            end.join();
            assertThat(Thread.interrupted()).isIn(true, false);
            FlatMemory memory = instance.memory();
            if (memory != null) {
                memory.stopped = false;
            }
        }
    }

    /** Repeats until the guest has ended: a host call may swallow an interrupt. */
    private static void tell(Thread thread, GuestInstance instance, CompletableFuture<Void> ended) {
        while (!ended.isDone()) {
            FlatMemory memory = instance.memory();
            if (memory != null) {
                memory.stopped = true;
            }
            thread.interrupt();
            Thread.onSpinWait();
        }
    }

    private static HostRun wasi(Program program) {
        var invocation =
                new Invocation(
                        List.of("guest"),
                        new LinkedHashMap<>(),
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        _ -> {});
        return new WasiModule()
                .open(
                        new RunContext(
                                SANDBOX,
                                program,
                                invocation,
                                OutputStream.nullOutputStream(),
                                new LimitHits()));
    }
}
