package dev.jetway.benchmarks;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.RunReport;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.WasiPrograms;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/** One whole guest run: instance, entry point, end. Parsing and compiling are not in it. */
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
public class GuestRunBenchmark {
    /** The example guest: small C, text, Rust of 17 pages. */
    @Param({"hello.wasm", "hello.wat", "env.wasm", "echo.wasm"})
    String guest = "";

    private final Sandbox sandbox = WasiPrograms.sandbox();
    private @Nullable Program program;

    private static Program load(String name) throws Exception {
        var modules = new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
        Path examples = Path.of(System.getProperty("jetway.examples", "examples/cgi-wasm"));
        return WasiPrograms.of(
                modules.load(new FileReference(examples.resolve(name))).module(),
                GuestLimits.DEFAULT,
                List.of());
    }

    /** Compiles the guest. */
    @Setup
    public void prepare() throws Exception {
        program = load(guest);
    }

    /** Stops the watchdog. */
    @TearDown
    public void close() {
        sandbox.close();
    }

    /** The measured run. */
    @Benchmark
    public RunReport run() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("REQUEST_METHOD", "GET");
        return sandbox.prepare(
                        Objects.requireNonNull(program),
                        new Invocation(
                                List.of("guest"),
                                environment,
                                InputStream.nullInputStream(),
                                OutputStream.nullOutputStream(),
                                OutputStream.nullOutputStream(),
                                _ -> {}))
                .execute();
    }
}
