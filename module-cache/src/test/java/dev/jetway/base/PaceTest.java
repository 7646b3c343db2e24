package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {
    @ParameterizedTest
    @CsvSource({
        "PT1S, 1, PT0S, PT1S",
        "PT1S, 1, PT0.01S, PT1S",
        "PT1S, 1, PT0.02S, PT1.98S",
        "PT1S, 10, PT0.2S, PT1.8S",
        "PT0.1S, 50, PT3S, PT3S",
        "PT0.1S, 100, PT3S, PT0.1S"
    })
    void thePauseGrowsWithTheWork(Duration least, int percent, Duration work, Duration pause) {
        assertThat(new Pace(least, percent).after(work)).isEqualTo(pause);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void otherSharesAreRefused(int percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pace(Duration.ofSeconds(1), percent));
    }
}
