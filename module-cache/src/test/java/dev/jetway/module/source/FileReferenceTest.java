package dev.jetway.module.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as places of modules: their names, stamps and contents. */
final class FileReferenceTest {
    private static final ByteSize FOUR = new ByteSize(4);

    @TempDir private Path folder;

    private FileReference reference(String name, String text) throws IOException {
        return new FileReference(Files.writeString(folder.resolve(name), text));
    }

    @Test
    void name_isTheLastPartOfThePath() {
        Map<String, String> names = new TreeMap<>();
        for (String path : new String[] {"/srv/a b/hello.wasm", "hello.wasm", "/", "", "/a:b"}) {
            names.put(path, new FileReference(Path.of(path)).name());
        }

        assertThat(names)
                .containsExactlyEntriesOf(
                        new TreeMap<>(
                                Map.of(
                                        "/srv/a b/hello.wasm", "hello.wasm",
                                        "hello.wasm", "hello.wasm",
                                        "/", "",
                                        "", "",
                                        "/a:b", "a:b")));
    }

    @Test
    void toString_isThePathAsWritten() {
        assertThat(new FileReference(Path.of("/srv/a.wasm"))).hasToString("/srv/a.wasm");
    }

    @Test
    void equalPaths_areEqualReferences() {
        assertThat(new FileReference(Path.of("/srv/a.wasm")))
                .isEqualTo(new FileReference(Path.of("/srv/a.wasm")))
                .isNotEqualTo(new FileReference(Path.of("/srv/b.wasm")));
    }

    @Test
    void version_sameFile_isTheSame() throws IOException {
        FileReference file = reference("a", "1234");

        assertThat(file.version()).isEqualTo(file.version());
    }

    @Test
    void version_fileReplacedWithSameTimeAndSize_isAnother() throws IOException {
        FileReference file = reference("a", "1234");
        ModuleVersion before = file.version();
        FileTime time = Files.getLastModifiedTime(file.path());

        Path other = Files.writeString(folder.resolve("b"), "5678");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file.path(), StandardCopyOption.ATOMIC_MOVE);

        assertThat(file.version()).isNotEqualTo(before);
    }

    @Test
    void version_sizeOrTimeOrPresenceChanged_isAnother() throws IOException {
        FileReference file = reference("a", "1234");
        FileTime time = Files.getLastModifiedTime(file.path());
        ModuleVersion first = file.version();

        Files.writeString(file.path(), "12345");
        Files.setLastModifiedTime(file.path(), time);
        ModuleVersion longer = file.version();
        Files.setLastModifiedTime(file.path(), FileTime.fromMillis(time.toMillis() + 2000));
        ModuleVersion later = file.version();
        Files.delete(file.path());
        ModuleVersion missing = file.version();

        assertThat(new ModuleVersion[] {first, longer, later, missing}).doesNotHaveDuplicates();
    }

    @Test
    void version_otherPermissions_isAnother() throws IOException {
        FileReference file = reference("a", "1234");
        ModuleVersion before = file.version();

        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("---------"));

        assertThat(file.version()).isNotEqualTo(before);
    }

    @Test
    void fetch_withinTheLimit_hasContentAndDigest() throws Exception {
        ModuleBytes content = reference("a", "1234").fetch(FOUR);

        assertThat(content.bytes()).asString().isEqualTo("1234");
        assertThat(content.digest())
                .isEqualTo("03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4");
    }

    @Test
    void fetch_overTheLimit_namesTheLimit() throws IOException {
        FileReference file = reference("a", "12345");

        assertThatThrownBy(() -> file.fetch(FOUR))
                .isInstanceOfSatisfying(
                        ModuleException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessage("is larger than 4B, the limit for a module");
    }

    @Test
    void fetch_nothingOrNoFile_saysSoWithoutAPath() {
        assertThatThrownBy(() -> new FileReference(folder.resolve("none")).fetch(FOUR))
                .hasMessage("there is no such file: check the path in 'module'");
        assertThatThrownBy(() -> new FileReference(folder).fetch(FOUR))
                .hasMessage("is a folder, not a module file");
        assertThatThrownBy(() -> new FileReference(Path.of("/dev/zero")).fetch(FOUR))
                .hasMessage("is not a regular file");
    }
}
