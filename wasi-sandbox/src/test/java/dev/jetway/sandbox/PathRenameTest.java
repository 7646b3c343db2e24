package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guest renames, in the volume's descriptor 3, and exits with the error number. */
final class PathRenameTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));

    @TempDir private Path folder;
    private Path volume = Path.of("");

    @BeforeEach
    void prepare() throws Exception {
        volume = Files.createDirectory(folder.resolve("volume"));
        Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(volume.resolve("link"), folder.resolve("outside"));
        Files.writeString(volume.resolve("file"), "content");
        Files.createDirectory(volume.resolve("folder"));
    }

    private int rename(int descriptor, String from, String to) throws Exception {
        String text =
                """
                (module
                  (import "wasi_snapshot_preview1" "path_rename"
                    (func $rename (param i32 i32 i32 i32 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 0) "%s")
                  (data (i32.const 8192) "%s")
                  (func (export "_start")
                    (call $exit (call $rename (i32.const %d) (i32.const 0) (i32.const %d)
                      (i32.const %d) (i32.const 8192) (i32.const %d)))))
                """
                        .formatted(from, to, descriptor, from.length(), descriptor, to.length());
        Path file = Files.writeString(folder.resolve("guest.wat"), text);
        Program program =
                Program.prepare(
                        MODULES.load(file).module(),
                        "_start",
                        GuestLimits.DEFAULT,
                        List.of(new Volume("/data", volume)));
        try (var sandbox = new Sandbox()) {
            RunReport report =
                    sandbox.prepare(
                                    program,
                                    new Invocation(
                                            List.of("guest"),
                                            new LinkedHashMap<>(),
                                            InputStream.nullInputStream(),
                                            new ByteArrayOutputStream(),
                                            OutputStream.nullOutputStream(),
                                            () -> {}))
                            .execute();
            return ((RunOutcome.Exited) report.outcome()).code();
        }
    }

    @Test
    void aFileTakesAnothersPlace() throws Exception {
        Files.writeString(volume.resolve("old"), "old");

        assertThat(rename(3, "file", "old")).isEqualTo(Errno.SUCCESS.number());
        assertThat(volume.resolve("old")).hasContent("content");
        assertThat(volume.resolve("file")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "file, ../outside/x, ACCES",
        "../outside, x, ACCES",
        "file, link/x, ACCES",
        "file, /outside/x, ACCES",
        "none, x, NOENT",
        "file, none/x, NOENT",
        "file, folder, ISDIR",
        "folder, file, NOTDIR",
    })
    void whatLeadsOutOrDoesNotFitIsRefused(String from, String to, String errno) throws Exception {
        assertThat(rename(3, from, to)).isEqualTo(Errno.valueOf(errno).number());
        assertThat(folder.resolve("outside")).isEmptyDirectory();
        assertThat(volume.resolve("file")).hasContent("content");
    }

    @Test
    void onlyVolumesAreKnown() throws Exception {
        assertThat(rename(4, "file", "x")).isEqualTo(Errno.NOTSUP.number());
    }

    @Test
    void aPathHasABoundedLength() throws Exception {
        String longest = "x".repeat(PathRename.MAX_PATH);

        assertThat(rename(3, longest, "y")).isNotEqualTo(Errno.NAMETOOLONG.number());
        assertThat(rename(3, longest + "x", "y")).isEqualTo(Errno.NAMETOOLONG.number());
    }
}
