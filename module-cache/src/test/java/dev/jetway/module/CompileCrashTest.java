package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.source.FileReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills two servers that compile the same modules into one folder: for some seconds, or as often as
 * the system property {@code jetway.crash.rounds} says.
 */
final class CompileCrashTest {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int LEAST_ROUNDS = Integer.getInteger("jetway.crash.rounds", 2);
    private static final int MOST_ROUNDS = 20;
    private static final int MODULES_EACH = 10_000;

    @TempDir private Path folder;

    @Test
    @Timeout(1200)
    void whateverKilledServersCompiledLoadsRightAndNothingIsDamaged() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        for (int round = 0;
                round < LEAST_ROUNDS || (round < MOST_ROUNDS && System.nanoTime() < end);
                round++) {
            int first = round * MODULES_EACH;
            Process one = start(first, "one");
            Process other = start(first, "other");
            int both = Math.min(killAfter(one, round % 7), killAfter(other, round % 5));

            assertThat(StoredModules.open(folder.resolve("cache")).removeDamaged()).isEmpty();
            requireRight(first, both);
        }
    }

    private Process start(int first, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CompilingProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(first),
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Kills a server at a random moment; returns the number of modules that it had reported. */
    private static int killAfter(Process process, int modules) throws IOException {
        try (InputStream told = process.getInputStream()) {
            int compiled = told.readNBytes(modules + 1).length;
            // Not Process.destroyForcibly: it closes the stream.
            process.toHandle().destroyForcibly();
            process.onExit().join();
            assertThat(compiled).as("the server ran").isEqualTo(modules + 1);
            return compiled + told.readAllBytes().length;
        }
    }

    /** Reported modules come from disk; the one in progress may be there or not. */
    private void requireRight(int first, int told) throws Exception {
        Path file = folder.resolve("mine");
        try (ModuleCache cache = CompilingProcess.cache(folder)) {
            for (int number : List.of(first, first + told - 1, first + told, first + told + 1)) {
                Files.write(file, CompilingProcess.module(number));
                ModuleLoad load = cache.load(new FileReference(file));
                assertThat(Fixtures.call(load)).isEqualTo(CompilingProcess.result(number));
                if (number < first + told) {
                    assertThat(load.origin()).isNotEqualTo(Origin.COMPILED);
                }
            }
        }
    }
}
