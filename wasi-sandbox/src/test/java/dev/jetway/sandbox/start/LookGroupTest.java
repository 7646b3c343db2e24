package dev.jetway.sandbox.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.linux.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at names of one folder find what each finds by its own path. */
final class LookGroupTest {
    private static final String IN = "d/e/";

    @TempDir private Path folder;
    private HostFiles files;
    private Directory root;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(folder.resolve(IN + "sub"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(IN + name), name);
        }
        Files.writeString(folder.resolve("target"), "outside of the folder");
        Files.createSymbolicLink(folder.resolve(IN + "link"), Path.of("../../target"));
        files = new HostFiles(FileModes.DEFAULT, false);
        root = files.root(folder, false);
    }

    @AfterEach
    void close() {
        root.close();
        files.close();
    }

    private FileLook look(String path, boolean follow) {
        GuestPath guest = GuestPath.of(path.getBytes(StandardCharsets.UTF_8));
        return FileLook.at(0, root, guest, follow, false);
    }

    private List<FileLook> looks() {
        var looks = new ArrayList<FileLook>();
        for (String name : List.of("a", "b", "c", "sub", "missing", "link")) {
            looks.add(look(IN + name, true));
            looks.add(look(IN + name, false));
        }
        return looks;
    }

    private boolean areTrue(List<FileLook> looks) {
        boolean together = LookGroup.of(looks).stream().allMatch(g -> g.isTrue(List.of(root)));
        assertThat(together).isEqualTo(looks.stream().allMatch(look -> look.isTrue(root)));
        return together;
    }

    @Test
    void looksAtOneFolder_areOneGroup_fromTheFewestOn() {
        List<FileLook> looks = looks().subList(0, LookGroup.FEWEST);

        assertThat(LookGroup.of(looks)).singleElement().matches(group -> group.folder() != null);
        assertThat(LookGroup.of(looks.subList(1, LookGroup.FEWEST)))
                .singleElement()
                .matches(group -> group.folder() == null);
    }

    @ParameterizedTest
    @CsvSource({"target", "d/../target", "d/e/", "d/./e"})
    void otherPaths_areFollowedEach(String path) {
        List<FileLook> looks = List.of(look(path, true), look(path, true), look(path, true));

        assertThat(LookGroup.of(List.of(looks.get(0), looks.get(1), looks.get(2), looks.get(0))))
                .hasSize(4)
                .allMatch(group -> group.folder() == null);
        assertThat(areTrue(looks)).isTrue();
    }

    @Test
    void nothingChanged() {
        assertThat(areTrue(looks())).isTrue();
    }

    /** A change between a look and the next. */
    interface Change {
        void in(Path folder) throws IOException;
    }

    static Stream<Named<Change>> changes() {
        return Stream.of(
                Named.of("content", folder -> Files.writeString(folder.resolve(IN + "b"), "new")),
                Named.of("gone", folder -> Files.delete(folder.resolve(IN + "c"))),
                Named.of("there", folder -> Files.createFile(folder.resolve(IN + "missing"))),
                Named.of(
                        "target of a link",
                        folder -> Files.writeString(folder.resolve("target"), "other")),
                Named.of("folder gone", LookGroupTest::moveFolder),
                Named.of(
                        "another folder",
                        folder -> {
                            moveFolder(folder);
                            Files.createDirectory(folder.resolve(IN));
                        }),
                Named.of(
                        "a file in place of the folder",
                        folder -> {
                            moveFolder(folder);
                            Files.createFile(folder.resolve("d/e"));
                        }));
    }

    private static void moveFolder(Path folder) throws IOException {
        Files.move(folder.resolve("d/e"), folder.resolve("d/f"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsFound(Change change) throws Exception {
        List<FileLook> looks = looks();
        change.in(folder);

        assertThat(areTrue(looks)).isFalse();
    }

    @Test
    void aFolderThatWasNotThere_isStillNotThere() throws Exception {
        List<FileLook> looks =
                List.of(
                        look("none/a", true),
                        look("none/b", true),
                        look("none/c", false),
                        look("none/d", true));
        assertThat(areTrue(looks)).isTrue();

        Files.createDirectory(folder.resolve("none"));
        assertThat(areTrue(looks)).isTrue();
        Files.writeString(folder.resolve("none/d"), "");
        assertThat(areTrue(looks)).isFalse();
    }

    /** The folder may be entered, but not listed. */
    @Test
    void aFolderThatCannotBeOpened_isEntered() throws Exception {
        List<FileLook> looks = looks();
        Path closed = folder.resolve("d/e");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("--x--x--x"));

        assertThat(areTrue(looks)).isTrue();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aDirectoryThatTheGuestDoesNotHave() {
        assertThat(LookGroup.of(looks())).noneMatch(group -> group.isTrue(List.of()));
    }
}
