package dev.jetway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests that see the folders above their volumes. src/test/guests/tree.c runs the operations;
 * mounts.txt has its results as a program of Linux, in a read-only root with the volumes mounted.
 */
final class MountsTest {
    private static final String TREE = "tree.wasm";
    private static final ByteSize SCRATCH = ByteSize.ofMebibytes(1);

    private final Sandbox sandbox = TestSandbox.open();

    @TempDir private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        for (String name : List.of("public", "data", "cgi-bin")) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("public/dir"));
        Files.createDirectory(folder.resolve("data/dir"));
        Files.writeString(folder.resolve("public/file"), "documents");
        Files.writeString(folder.resolve("data/file"), "data");
        Files.writeString(folder.resolve("cgi-bin/run"), "program");
        Files.createSymbolicLink(folder.resolve("public/link"), Path.of("dir"));
        Files.createSymbolicLink(folder.resolve("public/out"), Path.of("../data/file"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private GuestProgram guest() {
        return new GuestProgram(
                        TREE,
                        new Volume("/home/public", folder.resolve("public")),
                        new Volume("/home/cgi-bin", folder.resolve("cgi-bin"), true),
                        new Volume("/home/data", folder.resolve("data")))
                .limited(l -> l.withFiles(l.files().withScratch(SCRATCH)))
                .ofSite();
    }

    private List<String> answers(GuestProgram guest, List<String> operations) throws Exception {
        var words = new ArrayList<>(List.of("tree"));
        words.addAll(operations);
        GuestProgram.Result result = guest.run(sandbox, words.toArray(String[]::new));
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        return result.out().lines().toList();
    }

    private static List<String> table(String name) throws IOException {
        try (var stream = Objects.requireNonNull(MountsTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private void assertTable(GuestProgram guest) throws Exception {
        List<String> lines = table("mounts.txt");
        List<String> operations = lines.stream().map(l -> l.substring(0, l.indexOf(' '))).toList();

        assertThat(answers(guest, operations)).isEqualTo(lines);
    }

    @Test
    void root_answersAsLinux() throws Exception {
        assertTable(guest());
    }

    @Test
    void rootOfVolumesUnderAQuota_answersAsLinux() throws Exception {
        var quota = new Quota(1L << 30, 1000);
        quota.count(List.of(folder));

        assertTable(guest().within(quota));
    }

    @Test
    void withoutTheRoot_volumesAreAllThereIs() throws Exception {
        var guest = new GuestProgram(TREE, new Volume("/home/data", folder.resolve("data")));

        assertThat(
                        answers(
                                guest,
                                List.of(
                                        "read|/home/data/file",
                                        "stat|/home",
                                        "stat|/",
                                        "stat|/home/data/..")))
                .containsExactly(
                        "read|/home/data/file ok data",
                        "stat|/home NOTCAPABLE",
                        "stat|/ NOTCAPABLE",
                        "stat|/home/data/.. PERM");
    }

    @Test
    void rootOfAGuestWithoutVolumes_isNotThere() throws Exception {
        var guest =
                new GuestProgram(TREE)
                        .limited(l -> l.withFiles(l.files().withScratch(SCRATCH)))
                        .ofSite();

        assertThat(answers(guest, List.of("stat|/tmp", "stat|/", "stat|/tmp/..")))
                .containsExactly("stat|/tmp ok dir", "stat|/ NOTCAPABLE", "stat|/tmp/.. PERM");
    }

    @Test
    void volumeAtTheRoot_isTheRoot() throws Exception {
        var guest =
                new GuestProgram(
                                TREE,
                                new Volume("/", folder),
                                new Volume("/home/data", folder.resolve("data"), true))
                        .ofSite();

        assertThat(
                        answers(
                                guest,
                                List.of(
                                        "list|/",
                                        "list|/home",
                                        "read|/home/data/file",
                                        "stat|/..")))
                .containsExactly(
                        "list|/ ok . .. cgi-bin data public",
                        "list|/home NOENT",
                        "read|/home/data/file ok data",
                        "stat|/.. PERM");
    }

    @Test
    void volumesInEachOtherAndUnderOddNames_haveTheirPlaces() throws Exception {
        var guest =
                new GuestProgram(
                                TREE,
                                new Volume("/home", folder.resolve("public")),
                                new Volume("/home/dir", folder.resolve("data")),
                                new Volume("home//dir", folder.resolve("cgi-bin")),
                                new Volume("relative//./name", folder.resolve("cgi-bin")),
                                new Volume("/up/../down", folder.resolve("cgi-bin")))
                        .ofSite();

        assertThat(
                        answers(
                                guest,
                                List.of(
                                        "list|/",
                                        "read|/./home/file",
                                        "read|/./home/dir/file",
                                        "read|/home/dir/../file",
                                        "read|/relative/name/run",
                                        "read|/relative/../home/dir/file")))
                .containsExactly(
                        "list|/ ok . .. home relative",
                        "read|/./home/file ok documents",
                        "read|/./home/dir/file ok data",
                        "read|/home/dir/../file ok documents",
                        "read|/relative/name/run ok program",
                        "read|/relative/../home/dir/file ok data");
    }

    @Test
    void volumeWhoseFolderIsGone_isMissingFromTheRoot() throws Exception {
        var guest =
                new GuestProgram(
                                TREE,
                                new Volume("/home/data", folder.resolve("data")),
                                new Volume("/home/none", folder.resolve("none")))
                        .ofSite();

        assertThat(answers(guest, List.of("list|/home", "stat|/home/none", "links|/home")))
                .containsExactly(
                        "list|/home ok . .. data", "stat|/home/none NOENT", "links|/home ok 3");
    }

    @Test
    void pathsThroughManyVolumes_areFollowedToTheEnd() throws Exception {
        String around = "/../public/link/../../data".repeat(100);

        assertThat(answers(guest(), List.of("read|/home/data" + around + "/file")).getFirst())
                .endsWith(" ok data");
        assertThat(answers(guest(), List.of("read|/home/data" + around + "/none")).getFirst())
                .endsWith(" NOENT");
    }
}
