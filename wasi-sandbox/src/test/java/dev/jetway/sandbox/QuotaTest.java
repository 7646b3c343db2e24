package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quota of a site's volumes. */
final class QuotaTest {
    private static final int BLOCK = 4096;

    private final Sandbox sandbox = TestSandbox.open();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Quota counted(long bytes, long files) throws Exception {
        var quota = new Quota(bytes, files);
        quota.count(List.of(folder));
        return quota;
    }

    private GuestProgram.Result run(Quota quota, String... arguments) throws Exception {
        return new GuestProgram("limits.wasm", new Volume("/tmp", folder))
                .within(quota)
                .run(sandbox, arguments);
    }

    @Test
    void bytes_asManyAsTheQuotaThenDquot() throws Exception {
        Files.write(folder.resolve("there"), new byte[BLOCK]);
        Quota quota = counted(4 * BLOCK, 100);
        assertThat(quota.usedBytes()).isEqualTo(BLOCK);

        GuestProgram.Result just = run(quota, "limits", "fill", "3");
        assertThat(just.out()).isEqualTo("ok\n");
        assertThat(just.report().otherLimits()).isEmpty();
        // The guest first overwrites existing bytes, which needs no space.
        GuestProgram.Result over = run(quota, "limits", "fill", "4");
        assertThat(over.out()).isEqualTo("fill: 19\n");
        assertThat(over.report().otherLimits()).containsExactly("volume-bytes");
        assertThat(folder.resolve("filled")).hasSize(3 * BLOCK);
    }

    @Test
    void bytes_ofAWriteThatFitsInPartTheRestIsRefused() throws Exception {
        Quota quota = counted(BLOCK + 100, 100);

        assertThat(run(quota, "limits", "fill", "2").out()).isEqualTo("fill: in part\n");
        assertThat(folder.resolve("filled")).hasSize(BLOCK + 100);
        assertThat(quota.usedBytes()).isEqualTo(BLOCK + 100);
    }

    @Test
    void files_asManyNamesAsTheQuotaThenDquot() throws Exception {
        Files.createDirectory(folder.resolve("there"));
        Quota quota = counted(1 << 20, 4);

        assertThat(run(quota, "limits", "names", "3").out()).isEqualTo("ok\n");
        GuestProgram.Result over = run(quota, "limits", "fill", "1");
        assertThat(over.out()).isEqualTo("open: 19\n");
        assertThat(over.report().otherLimits()).containsExactly("volume-files");
    }

    @Test
    void count_takesAFileOfTwoNamesOnceAndDoesNotFollowLinks() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[100]);
        Files.createLink(folder.resolve("same"), file);
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/usr"));
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.write(inner.resolve("file"), new byte[20]);

        Quota quota = counted(1000, 1000);
        assertThat(quota.usedBytes()).isEqualTo(120);
        assertThat(quota.usedFiles()).isEqualTo(5);
    }

    @Test
    void aVolumeWhoseCountWasInterruptedIsFull() throws Exception {
        Files.createDirectory(folder.resolve("there"));
        var quota = new Quota(1 << 20, 1000);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> quota.count(List.of(folder)))
                .isInstanceOf(InterruptedException.class);
        assertThat(run(quota, "limits", "fill", "1").out()).isEqualTo("open: 19\n");
    }

    @Test
    void aGuestWaitsForTheCountAndNoLongerThanItMay() throws Exception {
        var quota = new Quota(1 << 20, 1000);

        GuestProgram.Result early =
                new GuestProgram("limits.wasm", new Volume("/tmp", folder))
                        .within(quota)
                        .within(Duration.ofMillis(100))
                        .run(sandbox, "limits", "fill", "1");
        assertThat(early.report().outcome())
                .isEqualTo(new TimeLimitReached(Duration.ofMillis(100)));
        quota.count(List.of(folder));
        assertThat(run(quota, "limits", "fill", "1").out()).isEqualTo("ok\n");
    }

    @Test
    void manyGuestsAtOnceStayWithinTheQuotaAndLeaveItRight() throws Exception {
        Quota quota = counted(50 * BLOCK, 100);
        var runs = new ArrayList<Callable<GuestProgram.Result>>();
        for (int i = 0; i < 16; i++) {
            String name = "file" + i % 5;
            runs.add(() -> run(quota, "limits", "churn", name, "40"));
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var run : threads.invokeAll(runs)) {
                assertThat(run.get().out()).startsWith("churned");
            }
        }
        assertThat(sizeOf(folder)).isEqualTo(quota.usedBytes());
        assertThat(counted(50 * BLOCK, 100).usedFiles()).isEqualTo(quota.usedFiles());
    }

    private static long sizeOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(f -> f.toFile().length()).sum();
        }
    }
}
