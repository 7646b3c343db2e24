package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.store.DiskStore;
import dev.jetway.module.store.StoreEviction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write. */
final class StoreCrashTest {
    private static final int KILLS = 20;
    private static final int KEYS_EACH = 1000;

    @TempDir private Path folder;

    @Test
    @Timeout(300)
    void whateverAKilledProcessWroteLoadsRightOrNotAtAll() throws Exception {
        Path store = folder.resolve("store");
        // The first writer alone makes the key; the others share the folder, two at a time.
        int before = runAndKill(store, 0, 1).written();
        assertThat(before).isPositive();
        for (int round = 1; round < KILLS; round++) {
            Killed killed = runAndKill(store, round * KEYS_EACH, round % 5);
            requireRight(store, killed);
        }
        DiskStore after = StoreWriter.open(store);
        after.put("last", StoreWriter.content(1));
        assertThat(after.get("last")).hasValue(StoreWriter.content(1));
    }

    private record Killed(int firstKey, int written) {}

    /** Kills a writer at a random moment of the write after those it reported. */
    private static Killed runAndKill(Path store, int firstKey, int atLeast) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreWriter.class.getName(),
                                store.toString(),
                                Integer.toString(firstKey))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (InputStream told = process.getInputStream()) {
            int written = told.readNBytes(atLeast + 1).length;
            // Not Process.destroyForcibly: it closes the stream.
            process.toHandle().destroyForcibly();
            process.onExit().join();
            assertThat(written).as("the writer ran").isEqualTo(atLeast + 1);
            return new Killed(firstKey, written + told.readAllBytes().length);
        }
    }

    private static void requireRight(Path folder, Killed killed) throws IOException {
        DiskStore store = StoreWriter.open(folder);
        for (int i = 0; i < killed.written(); i++) {
            int key = killed.firstKey() + i;
            assertThat(store.get(Integer.toString(key))).hasValue(StoreWriter.content(key));
        }
        // One more entry may have got its name before the writer could report it.
        for (int key : List.of(killed.firstKey() + killed.written())) {
            store.get(Integer.toString(key))
                    .ifPresent(c -> assertThat(c).isEqualTo(StoreWriter.content(key)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            long entries = files.filter(f -> f.toString().endsWith(StoreEviction.SUFFIX)).count();
            assertThat(entries).isPositive();
        }
    }
}
