package dev.jetway.module;

import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunReport;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.Volume;
import dev.jetway.sandbox.WasiPrograms;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the compiler's options cost, each step in a JVM of its own (benchmarks/compiler-options.sh):
 * {@code compile MODULE FUNCTIONS-PER-CLASS IMAGE} makes an image; {@code run IMAGE RUNS VOLUME
 * [NAME=VALUE...] [ARGUMENT...]} loads it and runs it, with a folder as {@code /www}. Times are of
 * the processor, in milliseconds, so that other work on the machine counts little.
 */
public final class CompilerOptions {
    private static final double NANOS = 1e6;

    /** What the machine is busy with otherwise must not end a run. */
    private static final GuestLimits LIMITS = limits(Duration.ofMinutes(10), GuestLimits.DEFAULT);

    private CompilerOptions() {}

    /** Prints one line of figures, tabs between them. */
    @SuppressWarnings("SystemOut") // A program.
    public static void main(String... args) throws Exception {
        List<String> figures =
                switch (args[0]) {
                    case "compile" ->
                            compile(Path.of(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
                    case "run" ->
                            run(
                                    Path.of(args[1]),
                                    Integer.parseInt(args[2]),
                                    Path.of(args[3]),
                                    Arrays.asList(args).subList(4, args.length));
                    default -> throw new IllegalArgumentException(args[0]);
                };
        System.out.println(String.join("\t", figures));
    }

    private static GuestLimits limits(Duration time, GuestLimits rest) {
        return new GuestLimits(
                time, time, rest.memory(), rest.stderr(), rest.clientWait(), rest.files());
    }

    private static List<String> compile(Path module, int functions, Path file) throws Exception {
        byte[] binary = Files.readAllBytes(module);
        long start = process();
        ModuleImage image = ModuleCompiler.compile(binary, functions, CodeLimits.DEFAULT);
        long end = process();
        byte[] encoded = image.encode();
        Files.write(file, encoded);
        long bytes = image.classes().values().stream().mapToLong(c -> c.length).sum();
        return List.of(
                millis(end - start),
                String.valueOf(image.classes().size()),
                mebibytes(bytes),
                mebibytes(encoded.length),
                String.valueOf(image.interpreted().size()));
    }

    private static List<String> run(Path file, int runs, Path volume, List<String> words)
            throws Exception {
        byte[] encoded = Files.readAllBytes(file);
        long start = thread();
        CompiledModule module = CompiledModule.link("0".repeat(64), ModuleImage.decode(encoded));
        long loaded = thread();
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        List<String> arguments =
                words.stream().filter(word -> !isVariable(environment, word)).toList();
        Program program =
                WasiPrograms.of(module, LIMITS, List.of(new Volume("/www", volume, false)));
        var times = new double[runs];
        double metaspace;
        try (var sandbox = WasiPrograms.sandbox()) {
            times[0] = once(sandbox, program, arguments, environment);
            metaspace = metaspace();
            for (int i = 1; i < runs; i++) {
                times[i] = once(sandbox, program, arguments, environment);
            }
        }
        double[] last = Arrays.copyOfRange(times, runs - runs / 4 - 1, runs);
        Arrays.sort(last);
        return List.of(
                millis(loaded - start),
                number(times[0]),
                number(metaspace),
                number(last[last.length / 2]),
                number(last[0]));
    }

    private static boolean isVariable(Map<String, String> environment, String word) {
        int equals = word.indexOf('=');
        if (equals < 0) {
            return false;
        }
        environment.put(word.substring(0, equals), word.substring(equals + 1));
        return true;
    }

    private static double once(
            Sandbox sandbox,
            Program program,
            List<String> arguments,
            SequencedMap<String, String> variables)
            throws Exception {
        long before = thread();
        RunReport report =
                sandbox.prepare(
                                program,
                                new Invocation(
                                        arguments,
                                        variables,
                                        InputStream.nullInputStream(),
                                        OutputStream.nullOutputStream(),
                                        OutputStream.nullOutputStream(),
                                        _ -> {}))
                        .execute();
        if (!(report.outcome() instanceof Exited exited) || exited.code() != 0) {
            throw new IllegalStateException(report.toString());
        }
        return (thread() - before) / NANOS;
    }

    /** MiB of classes, without what the JVM keeps of its own. */
    private static double metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .map(MemoryPoolMXBean::getUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / (double) (1 << 20);
    }

    private static long thread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Of all threads, the JVM's own compilers among them. */
    private static long process() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static String millis(long nanos) {
        return number(nanos / NANOS);
    }

    private static String mebibytes(long bytes) {
        return number(bytes / (double) (1 << 20));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
