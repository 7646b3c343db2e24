package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code jetway run}. */
@Timeout(30)
final class InterruptibleOutputTest {
    /** More than the capacity of a pipe (pipe(7)). */
    private static final int MUCH = 1 << 20;

    @TempDir private Path folder;

    @Test
    void bytesAppearAsTheyAreWritten() throws Exception {
        Path file = folder.resolve("file");
        try (var target = new FileOutputStream(file.toFile())) {
            OutputStream out = InterruptibleOutput.to(target.getFD());
            out.write(new byte[] {'a', 'b', 'c'}, 1, 2);
            assertThat(file).hasContent("bc");
            out.write('d');
            assertThat(file).hasContent("bcd");
        }
    }

    @Test
    void anInterruptEndsAWriteToABlockedPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        // Open at both ends, so that no open call blocks.
        try (var both = new RandomAccessFile(pipe.toFile(), "rw");
                var reader = new FileInputStream(pipe.toFile())) {
            OutputStream out = InterruptibleOutput.to(both.getFD());
            Thread writer = Thread.currentThread();
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        awaitBytes(reader);
                        writer.interrupt();
                    });

            assertThatThrownBy(() -> out.write(new byte[MUCH]))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void awaitBytes(InputStream reader) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> reader.available() > 0);
    }
}
