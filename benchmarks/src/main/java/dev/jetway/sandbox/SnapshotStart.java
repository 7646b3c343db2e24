package dev.jetway.sandbox;

import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Median times of a program's run, ordinary and from a snapshot, one after the other: {@code MODULE
 * CACHE VOLUME RUNS [NAME=VALUE...] [ARGUMENT...]}, with a folder as {@code /www}
 * (benchmarks/snapshot.sh).
 */
public final class SnapshotStart {
    private static final double NANOS = 1e6;

    private SnapshotStart() {}

    /** Prints both times in milliseconds, a tab between them. */
    @SuppressWarnings("SystemOut") // A program.
    public static void main(String... args) throws Exception {
        var reference = new FileReference(Path.of(args[0]));
        int runs = Integer.parseInt(args[3]);
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        List<String> arguments =
                Arrays.stream(args).skip(4).filter(w -> !isVariable(environment, w)).toList();
        var invocation =
                new Invocation(
                        arguments,
                        environment,
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        _ -> {});
        try (var modules =
                        new ModuleCache(ModuleCacheSettings.in(Optional.of(Path.of(args[1])), 1));
                var sandbox = WasiPrograms.sandbox()) {
            CompiledModule module = modules.load(reference).module();
            Program ordinary = program(module, args[2]);
            Program started = program(module, args[2]);
            Optional<String> refusal =
                    sandbox.snapshots()
                            .takeNow(
                                    started,
                                    invocation,
                                    () -> modules.startCode(reference, module));
            if (refusal.isPresent()) {
                throw new IllegalStateException("no snapshot: " + refusal.get());
            }
            var times = new double[2][runs];
            for (int i = 0; i < runs; i++) {
                times[0][i] = once(sandbox, ordinary, invocation);
                times[1][i] = once(sandbox, started, invocation);
            }
            if (started.snapshots().uses() != runs) {
                throw new IllegalStateException("not every run began with the snapshot");
            }
            System.out.println(median(times[0]) + "\t" + median(times[1]));
        }
    }

    private static Program program(CompiledModule module, String volume) throws ProgramException {
        return WasiPrograms.of(
                module, GuestLimits.DEFAULT, List.of(new Volume("/www", Path.of(volume), false)));
    }

    private static boolean isVariable(SequencedMap<String, String> environment, String word) {
        int equals = word.indexOf('=');
        if (equals < 0) {
            return false;
        }
        environment.put(word.substring(0, equals), word.substring(equals + 1));
        return true;
    }

    private static double once(Sandbox sandbox, Program program, Invocation invocation) {
        long before = System.nanoTime();
        RunReport report = sandbox.prepare(program, invocation).execute();
        if (!(report.outcome() instanceof Exited exited) || exited.code() != 0) {
            throw new IllegalStateException(report.toString());
        }
        return (System.nanoTime() - before) / NANOS;
    }

    /** Of the second half, when the JIT has done its work. */
    private static String median(double... times) {
        double[] late = Arrays.copyOfRange(times, times.length / 2, times.length);
        Arrays.sort(late);
        return String.format(Locale.ROOT, "%.2f", late[late.length / 2]);
    }
}
