package dev.jetway.server.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The standard input of {@code jetway run}. */
@Timeout(30)
final class InterruptibleInputTest {
    private final PipedOutputStream other = new PipedOutputStream();

    private InterruptibleInput piped() throws IOException {
        return new InterruptibleInput(new PipedInputStream(other));
    }

    private void write(String text) throws IOException {
        other.write(text.getBytes(StandardCharsets.UTF_8));
        other.flush();
    }

    private static InterruptibleInput of(String text) {
        return new InterruptibleInput(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ready_availableBytes_areCountedAndNotConsumed() throws Exception {
        InterruptibleInput input = of("bytes");
        input.awaitReady();

        assertThat(input.ready()).hasValue(5);
        assertThat(input.readNBytes(2)).asString().isEqualTo("by");
        assertThat(input.ready()).hasValue(3);
        assertThat(input.available()).isEqualTo(3);
        assertThat(input.readAllBytes()).asString().isEqualTo("tes");
    }

    @Test
    void ready_atTheEnd_isZeroUntilTheEndIsRead() throws Exception {
        InterruptibleInput input = of("");
        input.awaitReady();

        assertThat(input.ready()).hasValue(0);
        assertThat(input.ready()).hasValue(0);
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void ready_withoutInput_isEmptyAndLosesNothing() throws Exception {
        InterruptibleInput input = piped();

        assertThat(input.ready()).isEqualTo(OptionalLong.empty());
        assertThat(input.available()).isZero();
        input.awaitReady(Duration.ofMillis(1));
        assertThat(input.ready()).isEqualTo(OptionalLong.empty());
        write("late");
        input.awaitReady();
        assertThat(input.ready()).hasValue(4);
        assertThat(input.readNBytes(4)).asString().isEqualTo("late");
    }

    @Test
    void wait_interrupted_endsAndKeepsLaterBytes() throws Exception {
        InterruptibleInput input = piped();

        Thread.currentThread().interrupt();
        assertThatThrownBy(input::awaitReady).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> input.awaitReady(Duration.ofHours(1)))
                .isInstanceOf(InterruptedException.class);
        write("kept");
        assertThat(input.readNBytes(4)).asString().isEqualTo("kept");
    }

    @Test
    void failingInput_isReportedToWaitAndToRead() throws Exception {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        var input = new InterruptibleInput(broken);

        assertThatThrownBy(input::awaitReady).isInstanceOf(IOException.class);
        assertThatThrownBy(input::read).hasMessage("standard input cannot be read");
    }
}
