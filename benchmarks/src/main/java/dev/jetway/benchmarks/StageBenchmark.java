package dev.jetway.benchmarks;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.WasiPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a module costs before its first request, stage by stage: each includes the reading of what
 * it needs. What follows, instance and reset, is in {@code InstanceBenchmark}; the run with both is
 * {@link GuestRunBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
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
public class StageBenchmark {
    /** A module of the examples, or the absolute path of any other. */
    @Param({"hello.wasm", "echo.wasm"})
    String guest = "";

    private @Nullable Path module;
    private @Nullable Path store;
    private @Nullable ModuleLoad loaded;

    /** Fills the store. */
    @Setup
    public void prepare() throws Exception {
        module = Path.of(System.getProperty("jetway.examples", "examples/cgi-wasm")).resolve(guest);
        store = Files.createTempDirectory("stages");
        loaded = modules(Optional.of(store)).load(new FileReference(module));
    }

    /** Removes the store. */
    @TearDown
    public void remove() throws IOException {
        try (var files = Files.walk(Objects.requireNonNull(store))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ModuleCache modules(Optional<Path> folder) {
        return new ModuleCache(ModuleCacheSettings.in(folder, 1));
    }

    /** Reads and parses the module with the engine's parser. */
    @Benchmark
    public WasmModule parse() {
        return Parser.parse(Objects.requireNonNull(module));
    }

    /** The whole way without a store: read, parse, compile, define the classes. */
    @Benchmark
    public ModuleLoad compile() throws Exception {
        return modules(Optional.empty()).load(new FileReference(Objects.requireNonNull(module)));
    }

    /** The whole way with a warm store: read, check, define the classes. */
    @Benchmark
    public ModuleLoad loadFromDisk() throws Exception {
        return modules(Optional.ofNullable(store))
                .load(new FileReference(Objects.requireNonNull(module)));
    }

    /** Checks a loaded module and links it once, as for each route. */
    @Benchmark
    public Program link() throws Exception {
        return WasiPrograms.of(
                Objects.requireNonNull(loaded).module(), GuestLimits.DEFAULT, List.of());
    }
}
