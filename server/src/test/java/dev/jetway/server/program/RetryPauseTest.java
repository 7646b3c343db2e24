package dev.jetway.server.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RetryPauseTest {
    private static final long START = Long.MAX_VALUE - 5;

    @Test
    void isOver_afterItsLengthAndNotBefore() {
        long second = TimeUnit.SECONDS.toNanos(1);
        RetryPause pause = RetryPause.first(START);

        assertThat(pause.isOver(START + second - 1)).isFalse();
        assertThat(pause.left(START + second - 1)).isEqualTo(Duration.ofNanos(1));
        assertThat(pause.isOver(START + second)).isTrue();
    }

    @Test
    void next_doublesUpToTheLongest() {
        RetryPause pause = RetryPause.first(START);
        for (int seconds = 1; seconds <= 256; seconds *= 2) {
            assertThat(pause.length()).isEqualTo(Duration.ofSeconds(seconds));
            pause = pause.next(START);
        }
        assertThat(pause.length()).isEqualTo(RetryPause.LONGEST).isEqualTo(Duration.ofMinutes(5));
        assertThat(pause.next(START).length()).isEqualTo(RetryPause.LONGEST);
    }
}
