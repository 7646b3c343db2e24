package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @TempDir private Path folder;

    @Test
    void isRoot_systemThatSaysSo_isWhatItSays() throws Exception {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));

        assertThat(Main.isRoot(folder, "nobody")).isEqualTo(root);
    }

    @Test
    void isRoot_systemWithoutProc_goesByTheName() {
        Path missing = folder.resolve("proc");

        assertThat(Main.isRoot(missing, "root")).isTrue();
        assertThat(Main.isRoot(missing, "alice")).isFalse();
    }
}
