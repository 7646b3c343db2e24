package dev.jetway.server.config.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileListTest {
    @TempDir Path folder = Path.of("");

    private Path root = folder;

    @BeforeEach
    void writeFiles() throws IOException {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        for (String name :
                List.of(
                        "spin.toml",
                        "a/1.txt",
                        "a/2.png",
                        "a/b/3.txt",
                        "a/b/secret.txt",
                        "c d/4")) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "12345");
        }
        Files.writeString(folder.resolve("outside.txt"), "outside");
    }

    private FileList list(FileBounds bounds, String... excluded) {
        return new FileList(root, Stream.of(excluded).map(Glob::ofExcluded).toList(), bounds);
    }

    private FileList list(String... excluded) {
        return list(FileBounds.STANDARD, excluded);
    }

    @ParameterizedTest
    @CsvSource({
        // pattern, files of the guest
        "a/*.txt,       a/1.txt",
        "./a/*,         a/1.txt a/2.png",
        "a/x/../*.png,  a/2.png",
        "a/**/*.txt,    a/1.txt a/b/3.txt",
        "a/b/3.txt,     a/b/3.txt",
        "a,             a/1.txt a/2.png a/b/3.txt",
        "a/,            a/1.txt a/2.png a/b/3.txt",
        "?/1.txt,       a/1.txt",
        "*.toml,        spin.toml",
        "none/*,        ''",
        "a/b/secret.txt, a/b/secret.txt",
    })
    void addPattern_theGuestSeesEachFileAtItsPath(String pattern, String expected)
            throws IOException {
        FileList list = list("*secret*");

        int added = list.addPattern(pattern);

        assertThat(String.join(" ", list.byGuestPath().keySet())).isEqualTo(expected);
        assertThat(added).isEqualTo(list.byGuestPath().size());
        assertThat(list.byGuestPath().values()).allMatch(file -> file.startsWith(root));
    }

    @ParameterizedTest
    @CsvSource({
        // source, destination, files of the guest
        "a,        /,       1.txt 2.png b/3.txt b/secret.txt",
        "./a/b,    /x/y/,   x/y/3.txt x/y/secret.txt",
        "a/b,      x,       x/3.txt x/secret.txt",
        "a/1.txt,  /x/y,    x/y",
        "a/1.txt,  //x/./y, x/y",
        "c d,      /c d,    c d/4",
    })
    void addMount_theGuestSeesItAtTheDestination(String source, String to, String expected)
            throws IOException {
        FileList list = list();

        list.addMount(source, to);

        assertThat(String.join(" ", list.byGuestPath().keySet())).isEqualTo(expected);
    }

    @Test
    void add_aPathTwice_theLastOneCounts() throws IOException {
        FileList list = list();
        list.addMount("a/1.txt", "/x");
        list.addMount("a/2.png", "/x");

        assertThat(list.byGuestPath()).containsOnlyKeys("x");
        assertThat(list.byGuestPath().get("x")).isEqualTo(root.resolve("a/2.png"));
    }

    @Test
    void add_linksThatLeadOut_areRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("a/link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("out"), folder);
        String reason = "leads out of the folder of spin.toml by a link";

        assertThatThrownBy(() -> list().addPattern("a/*.txt")).hasMessageContaining(reason);
        assertThatThrownBy(() -> list().addPattern("a/link.txt")).hasMessageContaining(reason);
        assertThatThrownBy(() -> list().addPattern("out/outside.txt")).hasMessageContaining(reason);
        assertThatThrownBy(() -> list().addPattern("out/*.txt")).hasMessageContaining(reason);
        assertThatThrownBy(() -> list().addMount("out", "/")).hasMessageContaining(reason);
        assertThat(list("*link*").addPattern("a/*.txt")).isEqualTo(1);
        assertThat(list().addPattern("**/*.toml")).isEqualTo(1);
    }

    @Test
    void add_linksThatStayInside_areFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("link.txt"), Path.of("a/1.txt"));
        Files.createSymbolicLink(root.resolve("broken.txt"), Path.of("nowhere"));
        FileList list = list();

        assertThat(list.addPattern("*.txt")).isEqualTo(1);
        assertThat(list.byGuestPath()).containsOnlyKeys("link.txt");
        assertThat(list.byGuestPath()).containsValue(root.resolve("a/1.txt"));
    }

    @Test
    void add_files_areBounded() throws IOException {
        var three = new FileBounds(3, ByteSize.ofMebibytes(1), 100, 10);
        assertThat(list(three).addPattern("a/**/[123]*")).isEqualTo(3);
        assertThatThrownBy(() -> list(three).addPattern("a/**/*"))
                .hasMessageContaining("more than 3 files");

        var bytes = new FileBounds(100, ByteSize.parse("15B"), 100, 10);
        assertThat(list(bytes).addPattern("a/**/[123]*")).isEqualTo(3);
        assertThatThrownBy(() -> list(bytes).addPattern("a/**/*"))
                .hasMessageContaining("more than 15B");
    }

    @Test
    void add_namesThatAreLookedAt_areBounded() throws IOException {
        // The folders a and b, and four files.
        assertThat(list(new FileBounds(9, ByteSize.ofMebibytes(1), 6, 9)).addPattern("a/**/1*"))
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        list(new FileBounds(9, ByteSize.ofMebibytes(1), 5, 9))
                                .addPattern("a/**/1*"))
                .hasMessageContaining("more than 5 names");
    }

    @Test
    void watched_filesAndFolders_upToABound() throws IOException {
        FileList list = list(new FileBounds(9, ByteSize.ofMebibytes(1), 99, 6));
        list.addPattern("a/**/*");
        FileList tooMany = list(new FileBounds(9, ByteSize.ofMebibytes(1), 99, 5));
        tooMany.addPattern("a/**/*");

        assertThat(list.watched())
                .hasSize(6)
                .contains(root.resolve("a"), root.resolve("a/b"), root.resolve("a/b/3.txt"));
        assertThat(tooMany.watched()).isEmpty();
    }
}
