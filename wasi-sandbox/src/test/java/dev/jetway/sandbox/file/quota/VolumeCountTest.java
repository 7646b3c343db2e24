package dev.jetway.sandbox.file.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeCountTest {
    @TempDir private Path folder;

    /** Four names; two of them are one file of three bytes. */
    private void fill() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = Files.writeString(inner.resolve("file"), "123");
        Files.createLink(folder.resolve("same"), file);
        Files.createSymbolicLink(folder.resolve("link"), file);
    }

    @Test
    void namesAreCountedUpToTheirLimit() throws Exception {
        fill();
        var count = new VolumeCount(4);

        count.add(folder);

        assertThat(count.names()).isEqualTo(4);
        assertThat(count.bytes()).as("a file with two names is one").isEqualTo(3);
    }

    @Test
    void oneNameMoreEndsTheCount() throws Exception {
        fill();
        var count = new VolumeCount(3);

        assertThatThrownBy(() -> count.add(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("more than 3 names");
    }
}
