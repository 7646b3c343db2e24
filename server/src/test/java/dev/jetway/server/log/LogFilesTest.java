package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFilesTest {
    @TempDir private Path folder;

    private static LogFiles started(long bytes, int keep) {
        return started(Rotation.bySize(bytes, keep), InstantSource.system());
    }

    private static LogFiles started(Rotation rotation, InstantSource clock) {
        var files = new LogFiles(rotation, clock);
        files.start();
        return files;
    }

    private static boolean append(LogFiles files, Path file, Supplier<String> line) {
        var place = new LogPlace(Objects.requireNonNull(file.getParent()), true);
        return files.append(place, String.valueOf(file.getFileName()), line);
    }

    private static void write(LogFiles files, Path file, String line) {
        append(files, file, () -> line);
        awaitText(file, text -> text.endsWith(line + "\n"));
    }

    /** Waits for a file's text. A file that is being renamed is not there for a moment. */
    private static void awaitText(Path file, Predicate<String> expected) {
        await().ignoreExceptionsInstanceOf(NoSuchFileException.class)
                .until(() -> expected.test(Files.readString(file)));
    }

    @Test
    void linesAreAppended_inTheirOrder_andTheFolderIsMade() throws Exception {
        Path file = folder.resolve("new/access.log");
        try (LogFiles files = started(1000, 1)) {
            append(files, file, () -> "one");
            append(files, file, () -> "two");
        }

        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aFileOverItsSize_isRenamed_andABoundedNumberIsKept() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFiles files = started(8, 2)) {
            for (String line : new String[] {"1234567", "a234567", "b234567", "c234567"}) {
                append(files, file, () -> line);
                append(files, file, () -> "x");
                awaitText(folder.resolve("access.log.1"), text -> text.startsWith(line));
            }
        }

        assertThat(Files.readString(folder.resolve("access.log.1"))).isEqualTo("c234567\nx\n");
        assertThat(Files.readString(folder.resolve("access.log.2"))).isEqualTo("b234567\nx\n");
        assertThat(folder.resolve("access.log.3")).doesNotExist();
    }

    @Test
    void aFileOfItsSizeExactly_isKept() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFiles files = started(8, 2)) {
            write(files, file, "1234567");
        }

        assertThat(Files.size(file)).isEqualTo(8);
        assertThat(folder.resolve("access.log.1")).doesNotExist();
    }

    @Test
    void aFileThatLogrotateRenames_isOpenedAnew() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFiles files = started(1000, 2)) {
            write(files, file, "before");
            Files.move(file, folder.resolve("access.log-20261126"));
            write(files, file, "after");
        }

        assertThat(Files.readString(file)).isEqualTo("after\n");
        assertThat(Files.readString(folder.resolve("access.log-20261126"))).isEqualTo("before\n");
    }

    @Test
    void linesOverTheBound_areDroppedAndCounted() throws Exception {
        Path file = folder.resolve("access.log");
        var files = new LogFiles(Rotation.bySize(1 << 20, 1), InstantSource.system());
        for (int i = 0; i < LogFiles.MAX_WAITING; i++) {
            append(files, file, () -> "x");
        }
        assertThat(files.dropped()).isZero();
        append(files, file, () -> "x");
        assertThat(files.dropped()).isEqualTo(1);

        files.start();
        files.close();

        assertThat(Files.readAllLines(file)).hasSize(LogFiles.MAX_WAITING);
    }

    @Test
    void aFolderThatCannotBeWritten_losesItsOwnLinesOnly() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        Path good = folder.resolve("good.log");
        try (LogFiles files = started(1000, 1)) {
            append(files, folder.resolve("file/access.log"), () -> "lost");
            write(files, good, "kept");
        }

        assertThat(Files.readString(good)).isEqualTo("kept\n");
    }

    @Test
    void aLinkInPlaceOfAFile_isNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "kept as it is");
        Path file = folder.resolve("access.log");
        Files.createSymbolicLink(file, secret);
        Path good = folder.resolve("good.log");
        try (LogFiles files = started(1000, 1)) {
            append(files, file, () -> "attack");
            write(files, good, "kept");
        }

        assertThat(Files.readString(secret)).isEqualTo("kept as it is");
    }

    /** A rule by age: a file of at most an hour, older ones for at most a day. */
    private static final Rotation HOURLY =
            new Rotation(
                    1 << 20, Optional.of(Duration.ofHours(1)), 3, Optional.of(Duration.ofDays(1)));

    private static Instant created(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).creationTime().toInstant();
    }

    @Test
    void aFileOfItsAgeExactly_isKept_andAnOlderOneIsRenamedBeforeTheNextLine() throws Exception {
        Path file = folder.resolve("error.log");
        try (LogFiles files = started(HOURLY, InstantSource.system())) {
            write(files, file, "one");
        }
        Instant limit = created(file).plus(Duration.ofHours(1));
        try (LogFiles files = started(HOURLY, () -> limit)) {
            write(files, file, "two");
        }
        assertThat(folder.resolve("error.log.1")).doesNotExist();
        try (LogFiles files = started(HOURLY, () -> limit.plusNanos(1))) {
            write(files, file, "three");
        }

        assertThat(Files.readString(folder.resolve("error.log.1"))).isEqualTo("one\ntwo\n");
        assertThat(Files.readString(file)).isEqualTo("three\n");
    }

    @Test
    void renamedFilesOverTheirAge_areDeletedAtTheNextRenaming() throws Exception {
        Path file = Files.writeString(folder.resolve("error.log"), "now\n");
        Instant now = created(file).plus(Duration.ofHours(2));
        Path young = Files.writeString(folder.resolve("error.log.1"), "young\n");
        Path old = Files.writeString(folder.resolve("error.log.2"), "old\n");
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofDays(1))));
        Files.setLastModifiedTime(
                old, FileTime.from(now.minus(Duration.ofDays(1)).minusSeconds(1)));
        try (LogFiles files = started(HOURLY, () -> now)) {
            write(files, file, "next");
        }

        assertThat(Files.readString(folder.resolve("error.log.2"))).isEqualTo("young\n");
        assertThat(folder.resolve("error.log.3")).doesNotExist();
    }

    @Test
    void newFiles_haveTheirMode() throws Exception {
        var mode = PosixFilePermissions.fromString("rw-------");
        var files =
                new LogFiles(Rotation.bySize(1000, 1), Optional.of(mode), InstantSource.system());
        files.start();
        try (files) {
            write(files, folder.resolve("access.log"), "line");
        }

        assertThat(Files.getPosixFilePermissions(folder.resolve("access.log"))).isEqualTo(mode);
    }

    @Test
    void aFileThatLogrotateCopiesAndCuts_isWrittenFromItsStart() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFiles files = started(1000, 2)) {
            write(files, file, "before");
            Files.copy(file, folder.resolve("access.log-20261126"));
            Files.writeString(file, "");
            write(files, file, "after");
        }

        assertThat(Files.readString(file)).isEqualTo("after\n");
    }

    @Test
    void aFolderInPlaceOfARenamedFile_doesNotLetTheLogGrow() throws Exception {
        Path file = folder.resolve("access.log");
        Files.createDirectories(folder.resolve("access.log.1/x"));
        try (LogFiles files = started(8, 1)) {
            append(files, file, () -> "123456789");
            await().until(() -> files.waiting() == 0 && !Files.exists(file));
            write(files, file, "next");
        }

        assertThat(Files.readString(file)).isEqualTo("next\n");
    }

    @Test
    void aMissingFolder_isMadeOnlyWhereTheServerMay() throws Exception {
        Path gone = folder.resolve("gone/logs");
        try (LogFiles files = started(1000, 1)) {
            files.append(new LogPlace(gone, false), "access.log", () -> "lost");
            write(files, folder.resolve("made/access.log"), "kept");
        }

        assertThat(gone).doesNotExist();
    }

    @Test
    void aPipeInPlaceOfAFile_isNotOpened() throws Exception {
        Path pipe = folder.resolve("access.log");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Path good = folder.resolve("good.log");
        try (LogFiles files = started(1000, 1)) {
            append(files, pipe, () -> "lost");
            write(files, good, "kept");
        }

        assertThat(Files.readString(good)).isEqualTo("kept\n");
    }

    @Test
    void aLineThatCannotBeMade_losesNoOther() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFiles files = started(1000, 1)) {
            append(
                    files,
                    file,
                    () -> {
                        throw new IllegalStateException("a fault of ours");
                    });
            await().until(() -> files.waiting() == 0);
            write(files, file, "kept");
        }

        assertThat(Files.readString(file)).isEqualTo("kept\n");
    }
}
