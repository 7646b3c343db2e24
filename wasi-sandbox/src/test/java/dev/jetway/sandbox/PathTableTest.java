package dev.jetway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The results of 25 operations on some 120 spellings of names, with and without slashes and dots at
 * the end, of files, directories, links and missing names, compared with Linux.
 * src/test/guests/paths.c runs the operations; the tables are its results as a program of Linux, on
 * an ext4 file system and on a read-only mount.
 */
final class PathTableTest {
    private static final String PATHS = "paths.wasm";
    private static final ByteSize SCRATCH = ByteSize.ofMebibytes(512);
    private static final Sandbox SANDBOX = TestSandbox.open();

    @TempDir private Path folder;

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    private static List<String> table(String name) throws IOException {
        try (var stream = Objects.requireNonNull(PathTableTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static List<String> answers(GuestProgram guest, String what) throws Exception {
        return answers(guest, what, "/tmp");
    }

    private static List<String> answers(GuestProgram guest, String what, String where)
            throws Exception {
        GuestProgram.Result result = guest.run(SANDBOX, "paths", what, where);
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        return result.out().lines().toList();
    }

    @Test
    void volume_answersAsLinux() throws Exception {
        assertThat(answers(new GuestProgram(PATHS, new Volume("/tmp", folder)), "all"))
                .isEqualTo(table("paths.txt"));
    }

    /** Below other folders, which are entered at once. */
    @Test
    void folderOfAVolume_answersAsLinux() throws Exception {
        Files.createDirectories(folder.resolve("one/two/three"));
        GuestProgram guest = new GuestProgram(PATHS, new Volume("/tmp", folder));

        assertThat(answers(guest, "all", "/tmp/one/two/three")).isEqualTo(table("paths.txt"));
    }

    @Test
    void volumeWithAQuota_answersAsLinux() throws Exception {
        var quota = new Quota(1L << 40, 1_000_000);
        quota.count(List.of(folder));

        assertThat(
                        answers(
                                new GuestProgram(PATHS, new Volume("/tmp", folder)).within(quota),
                                "all"))
                .isEqualTo(table("paths.txt"));
    }

    @Test
    void scratch_answersAsLinux() throws Exception {
        GuestProgram guest =
                new GuestProgram(PATHS).limited(l -> l.withFiles(l.files().withScratch(SCRATCH)));

        assertThat(answers(guest, "all")).isEqualTo(table("paths.txt"));
    }

    @Test
    void readOnlyVolume_answersAsAReadOnlyMountOfLinux() throws Exception {
        answers(new GuestProgram(PATHS, new Volume("/tmp", folder)), "make");

        assertThat(answers(new GuestProgram(PATHS, new Volume("/tmp", folder, true)), "try"))
                .isEqualTo(table("paths-read-only.txt"));
    }

    /** The table matches Linux. */
    @Test
    void linux_answersAsTheTable() throws Exception {
        Path program = folder.resolve("paths");
        Process build =
                started("clang-14", "-o", program.toString(), GuestProgram.SOURCES + "/paths.c");
        String said = new String(build.getInputStream().readAllBytes(), UTF_8);
        // This machine has no C library to build with.
        Assumptions.assumeTrue(build.waitFor() == 0, said);
        Path files = Files.createDirectory(folder.resolve("files"));

        Process asked = started(program.toString(), "all", files.toString());
        assertThat(new String(asked.getInputStream().readAllBytes(), UTF_8).lines().toList())
                .isEqualTo(table("paths.txt"));
    }

    private static Process started(String... words) {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Assumptions.abort(words[0] + " is not here");
        }
    }
}
