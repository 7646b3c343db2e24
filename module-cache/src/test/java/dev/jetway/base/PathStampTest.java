package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PathStampTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(folder.resolve("a"), "one");
    }

    enum Change {
        CONTENT_OF_THE_SAME_SIZE_AND_TIME {
            @Override
            void make(Path file) throws IOException {
                FileTime before = Files.getLastModifiedTime(file);
                Files.writeString(file, "two");
                Files.setLastModifiedTime(file, before);
            }
        },
        SIZE {
            @Override
            void make(Path file) throws IOException {
                Files.writeString(file, "longer");
            }
        },
        TIME {
            @Override
            void make(Path file) throws IOException {
                Files.setLastModifiedTime(file, FileTime.fromMillis(5));
            }
        },
        PERMISSIONS {
            @Override
            void make(Path file) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        },
        ANOTHER_FILE_OF_THE_SAME_TIME {
            @Override
            void make(Path file) throws IOException {
                Path other = Files.writeString(file.resolveSibling("b"), "one");
                Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        REMOVAL {
            @Override
            void make(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void make(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void eachChangeChangesTheStamp(Change change) throws Exception {
        PathStamp before = PathStamp.of(file);
        change.make(file);

        assertThat(PathStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void readingDoesNot() throws Exception {
        PathStamp before = PathStamp.of(file);
        assertThat(Files.readString(file)).isEqualTo("one");

        assertThat(PathStamp.of(file)).isEqualTo(before);
        assertThat(before.isPresent()).isTrue();
    }

    @Test
    void aMissingFile_aDanglingLinkAndALoopAreMissing() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        assertThat(PathStamp.of(folder.resolve("none")).isPresent()).isFalse();
        assertThat(PathStamp.of(link)).isEqualTo(PathStamp.MISSING);
        assertThat(PathStamp.of(loop)).isEqualTo(PathStamp.MISSING);
    }

    @Test
    void theLinkOfAFileHasItsStamp() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));

        assertThat(PathStamp.of(link)).isEqualTo(PathStamp.of(file));
    }
}
