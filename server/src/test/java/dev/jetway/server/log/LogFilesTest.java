package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFilesTest {
    @TempDir private Path folder;

    private static LogFiles started(long bytes, int keep) {
        var files = new LogFiles(new LogFiles.Rotation(bytes, keep));
        files.start();
        return files;
    }

    private static void write(LogFiles files, Path file, String line) {
        files.append(file, () -> line);
        await().until(() -> Files.exists(file) && Files.readString(file).endsWith(line + "\n"));
    }

    @Test
    void linesAreAppended_inTheirOrder_andTheFolderIsMade() throws Exception {
        Path file = folder.resolve("new/access.log");
        try (LogFiles files = started(1000, 1)) {
            files.append(file, () -> "one");
            files.append(file, () -> "two");
        }

        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aFileOverItsSize_isRenamed_andABoundedNumberIsKept() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFiles files = started(8, 2)) {
            for (String line : new String[] {"1234567", "a234567", "b234567", "c234567"}) {
                files.append(file, () -> line);
                files.append(file, () -> "x");
                await().until(() -> !Files.exists(file));
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
        var files = new LogFiles(new LogFiles.Rotation(1 << 20, 1));
        for (int i = 0; i < LogFiles.MAX_WAITING; i++) {
            files.append(file, () -> "x");
        }
        assertThat(files.dropped()).isZero();
        files.append(file, () -> "x");
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
            files.append(folder.resolve("file/access.log"), () -> "lost");
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
            files.append(file, () -> "attack");
            write(files, good, "kept");
        }

        assertThat(Files.readString(secret)).isEqualTo("kept as it is");
    }
}
