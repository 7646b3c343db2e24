package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class BoundedFileTest {
    @TempDir Path folder = Path.of("");

    @Test
    void aFileOfTheLimitIsRead_oneByteMoreIsNot() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});

        assertThat(BoundedFile.bytes(file, 3)).contains(new byte[] {1, 2, 3});
        assertThat(BoundedFile.bytes(file, 2)).isEmpty();
        assertThat(BoundedFile.bytes(Files.createFile(folder.resolve("none")), 0))
                .contains(new byte[0]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anEndlessFileWithoutASizeIsTooLarge() throws IOException {
        assertThat(BoundedFile.bytes(Path.of("/dev/zero"), 1000)).isEmpty();
    }

    @Test
    void textIsUtf8OrAnError() throws IOException {
        Path good = Files.writeString(folder.resolve("good"), "schön");
        Path bad = Files.write(folder.resolve("bad"), new byte[] {(byte) 0xfc});

        assertThat(BoundedFile.text(good, 6)).contains("schön");
        assertThat(BoundedFile.text(good, 5)).isEmpty();
        assertThatThrownBy(() -> BoundedFile.text(bad, 6))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> BoundedFile.bytes(folder.resolve("none"), 6))
                .isInstanceOf(NoSuchFileException.class);
    }
}
