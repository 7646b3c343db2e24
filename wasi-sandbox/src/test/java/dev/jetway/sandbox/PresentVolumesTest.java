package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of volumes that come and go. */
final class PresentVolumesTest {
    private static final long FRESH = PresentVolumes.FRESH.toNanos();

    @TempDir private Path folder;
    private long nanos = 42;

    private Volume volume(String name) {
        return new Volume("/" + name, folder.resolve(name), true);
    }

    @Test
    void now_folderThatAppears_isThereAtOnce() throws Exception {
        var volumes = new PresentVolumes(List.of(volume("a"), volume("b")), () -> nanos);
        Files.createDirectory(folder.resolve("a"));
        assertThat(volumes.now()).containsExactly(volume("a"));

        Files.createDirectory(folder.resolve("b"));
        assertThat(volumes.now()).containsExactly(volume("a"), volume("b"));
    }

    @Test
    void now_folderThatVanishes_isMissingAfterTheTime() throws Exception {
        var volumes = new PresentVolumes(List.of(volume("a")), () -> nanos);
        Path there = Files.createDirectory(folder.resolve("a"));
        assertThat(volumes.now()).hasSize(1);

        Files.delete(there);
        nanos += FRESH - 1;
        assertThat(volumes.now()).hasSize(1);
        nanos++;
        assertThat(volumes.now()).isEmpty();
    }

    @Test
    void now_withoutVolumes_isEmpty() {
        assertThat(new PresentVolumes(List.of(), () -> nanos).now()).isEmpty();
    }
}
