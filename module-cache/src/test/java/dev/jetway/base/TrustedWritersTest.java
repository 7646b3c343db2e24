package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedWritersTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "600, 5, true", "644, 5, true", "664, 7, true", "664, 5, false", "620, 5, false",
        "666, 7, false", "602, 7, false", "777, 7, false", "755, 5, true", "2770, 7, true"
    })
    void onlyTheOwnerAndTheGroupsMayWrite(String mode, int group, boolean trusted) {
        int bits = Integer.parseInt(mode, 8);

        assertThat(new TrustedWriters(true, Set.of(7)).trusts(bits, group)).isEqualTo(trusted);
        assertThat(TrustedWriters.ANYONE.trusts(bits, group)).isTrue();
    }

    @Test
    void theGroupOfThisProcessIsTrusted() throws Exception {
        Path file = Files.createFile(folder.resolve("a"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        assertThat(TrustedWriters.ofThisProcess().trusts(file)).isTrue();
        assertThat(new TrustedWriters(true, Set.of()).trusts(file)).isFalse();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw--w-"));
        assertThat(TrustedWriters.ofThisProcess().trusts(file)).isFalse();
        assertThat(TrustedWriters.ANYONE.trusts(file)).isTrue();
    }

    @Test
    void aMissingFileIsNotTrusted() {
        assertThatThrownBy(() -> TrustedWriters.ofThisProcess().trusts(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileSystemWithoutPermissionsIsNamed() throws Exception {
        Path archive = folder.resolve("a.zip");
        try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", true))) {
            Path file = Files.createFile(files.getPath("/a"));

            assertThatThrownBy(() -> TrustedWriters.ofThisProcess().trusts(file))
                    .isInstanceOf(IOException.class)
                    .hasMessage("its file system knows no permissions");
            assertThat(TrustedWriters.ANYONE.trusts(file)).isTrue();
        }
    }
}
