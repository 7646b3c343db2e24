package dev.jetway.server.config.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCopiesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path folder = Path.of("");

    private FileCopies copies(String component, String limit) {
        return new FileCopies(
                folder.resolve("copies"),
                folder.resolve("spin.toml"),
                component,
                ByteSize.parse(limit));
    }

    private SequencedMap<String, Path> file(String text) throws IOException {
        var files = new TreeMap<String, Path>();
        files.put("x/y.txt", Files.writeString(folder.resolve("y.txt"), text));
        return files;
    }

    private long count() throws IOException {
        try (Stream<Path> apps = Files.list(folder.resolve("copies"))) {
            try (Stream<Path> all = Files.list(apps.findFirst().orElseThrow())) {
                return all.count();
            }
        }
    }

    @Test
    void of_files_areCopiedOnceWhileTheyStayTheSame() throws IOException {
        Path first = copies("a", "1KiB").of(file("one"), START);
        Files.writeString(first.resolve("mark"), "");
        var same = new TreeMap<String, Path>();
        same.put("x/y.txt", folder.resolve("y.txt"));

        assertThat(copies("a", "1KiB").of(same, START)).isEqualTo(first);
        assertThat(first.resolve("x/y.txt")).hasContent("one");
        assertThat(first.resolve("mark")).exists();
        assertThat(copies("b", "1KiB").of(same, START)).isNotEqualTo(first);
        assertThat(copies("a", "1KiB").of(file("longer"), START).resolve("x/y.txt"))
                .hasContent("longer");
    }

    @Test
    void of_copies_areForTheServersUserOnly() throws IOException {
        Path copy = copies("a", "1KiB").of(file("one"), START);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwx------");
    }

    @Test
    void of_oldCopies_areDeleted() throws IOException {
        var made = new ArrayList<Path>();
        for (int i = 0; i < FileCopies.KEPT; i++) {
            made.add(copies("a", "1KiB").of(file("x".repeat(i + 1)), START.plusSeconds(i)));
        }
        assertThat(made).allMatch(Files::isDirectory);

        Path last = copies("a", "1KiB").of(file("x".repeat(99)), START.plusSeconds(99));

        assertThat(last).isDirectory();
        assertThat(made.getFirst()).doesNotExist();
        assertThat(made.subList(1, made.size())).allMatch(Files::isDirectory);
        assertThat(count()).isEqualTo(FileCopies.KEPT);
    }

    @Test
    void of_filesThatHaveGrown_areNotCopied() throws IOException {
        assertThat(copies("a", "3B").of(file("123"), START).resolve("x/y.txt")).hasContent("123");
        assertThatThrownBy(() -> copies("a", "3B").of(file("1234"), START))
                .isInstanceOf(IOException.class)
                .hasMessage("the files are larger than 3B");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void of_aLink_isNotFollowed() throws IOException {
        SequencedMap<String, Path> files = file("one");
        files.put("link", Files.createSymbolicLink(folder.resolve("link"), Path.of("y.txt")));

        assertThatThrownBy(() -> copies("a", "1KiB").of(files, START))
                .isInstanceOf(IOException.class);
    }

    @Test
    void of_aFileThatIsGone_leavesNothingBehind() throws IOException {
        SequencedMap<String, Path> files = file("one");
        copies("a", "1KiB").of(files, START);
        files.put("z", folder.resolve("none"));

        assertThatThrownBy(() -> copies("a", "1KiB").of(files, START))
                .isInstanceOf(IOException.class);
        assertThat(count()).isEqualTo(1);
    }
}
