package dev.jetway.sandbox.file.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.process.Umask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileModesTest {
    private static final OpenRequest CREATE =
            new OpenRequest(true, true, false, false, false, true, true, false, false);
    private static final int SET_GID = 02000;
    private static final int PERMISSIONS = 07777;

    @TempDir private Path folder;
    private int before;

    @BeforeEach
    void takeAllBitsFromOthers() {
        before = Umask.set(0077);
    }

    @AfterEach
    void restoreUmask() {
        var _ = Umask.set(before);
    }

    private static GuestPath path(String text) {
        return GuestPath.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private String mode(String name) throws IOException {
        int mode = (int) Files.getAttribute(folder.resolve(name), "unix:mode");
        return "%04o".formatted(mode & PERMISSIONS);
    }

    private void create(FileModes modes) {
        try (HostFiles files = new HostFiles(modes, false);
                Directory root = files.root(folder, false)) {
            root.open(path("file"), CREATE).close();
            root.createDirectory(path("dir"));
            root.open(path("dir/file"), CREATE).close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0640, 0750, 0640, 0750",
        "0660, 0770, 0660, 0770",
        "0600, 0711, 0600, 0711",
        "0644, 0700, 0644, 0700"
    })
    void newFilesAndDirectories_haveTheirModes_whateverTheUmaskWas(
            String file, String directory, String ofFile, String ofDirectory) throws Exception {
        var modes = new FileModes(Integer.parseInt(file, 8), Integer.parseInt(directory, 8));
        assertThat(Umask.set(modes.umask())).isEqualTo(0077);
        create(modes);

        assertThat(mode("file")).isEqualTo(ofFile);
        assertThat(mode("dir/file")).isEqualTo(ofFile);
        assertThat(mode("dir")).isEqualTo(ofDirectory);
    }

    @Test
    void withoutModes_theUmaskDecides() throws Exception {
        create(FileModes.DEFAULT);

        assertThat(mode("file")).isEqualTo("0600");
        assertThat(mode("dir")).isEqualTo("0700");
    }

    @Test
    void aDirectoryInASetGidDirectory_isSetGid() throws Exception {
        Files.setAttribute(folder, "unix:mode", 0770 | SET_GID);
        var modes = new FileModes(0660, 0770);
        assertThat(Umask.set(modes.umask())).isEqualTo(0077);
        create(modes);

        assertThat(mode("dir")).isEqualTo("2770");
        assertThat(mode("dir/file")).isEqualTo("0660");
    }
}
