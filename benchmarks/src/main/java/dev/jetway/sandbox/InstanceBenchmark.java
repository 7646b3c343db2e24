package dev.jetway.sandbox;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.memory.FlatMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An instance without a run: made, or made again what it was (decisions/0014). In the package of
 * what it measures, which nobody else sees.
 */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {
            "-XX:-DontCompileHugeMethods",
            "-XX:-ClipInlining",
            "-XX:MaxTrivialSize=80",
            "-XX:Tier3DelayOn=200",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UseCompressedOops",
            "-XX:LoopUnrollLimit=120",
            "-XX:MaxRecursiveInlineLevel=3",
            "--enable-native-access=ALL-UNNAMED"
        })
public class InstanceBenchmark {
    /** A module of the examples, or the absolute path of any other. */
    @Param({"hello.wasm", "echo.wasm"})
    String guest = "";

    /** Leaves of memory (4 KiB) that the run before has written to. */
    @Param({"3", "16"})
    int written;

    private @Nullable Program program;
    private @Nullable GuestInstance kept;

    /** Compiles the guest and makes the first instance, and with it the image of its memory. */
    @Setup
    public void prepare() throws Exception {
        var modules = new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
        Path module =
                Path.of(System.getProperty("jetway.examples", "examples/cgi-wasm")).resolve(guest);
        program =
                WasiPrograms.of(
                        modules.load(new FileReference(module)).module(),
                        GuestLimits.DEFAULT,
                        List.of());
        kept = new GuestInstance(program, () -> false);
        use(kept);
    }

    private void use(GuestInstance instance) {
        instance.begin();
        FlatMemory memory = Objects.requireNonNull(instance.memory());
        for (int i = 0; i < written; i++) {
            memory.writeByte(i * FlatMemory.CARD, (byte) 1);
        }
        instance.end();
    }

    /** A new one, written to and dropped. */
    @Benchmark
    public GuestInstance instantiate() {
        var instance = new GuestInstance(Objects.requireNonNull(program), () -> false);
        use(instance);
        return instance;
    }

    /** One that is there, written to and reset. */
    @Benchmark
    public GuestInstance reset() {
        GuestInstance instance = Objects.requireNonNull(kept);
        use(instance);
        return instance;
    }
}
