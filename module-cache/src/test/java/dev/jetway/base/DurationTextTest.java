package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S, 500ms",
        "30s, PT30S, 30s",
        "90s, PT1M30S, 90s",
        "120s, PT2M, 2m",
        "2 m, PT2M, 2m",
        "24h, PT24H, 24h",
        "63072000000ms, PT17520H, 730d",
        "1d, PT24H, 24h",
        "7 d, PT168H, 7d",
        "25h, PT25H, 25h",
        "999999999d, PT23999999976H, 999999999d",
        "0ms, PT0S, 0s",
        "1000ms, PT1S, 1s"
    })
    void parse_numberAndUnit_isShownInTheLargestUnit(String text, Duration value, String shown) {
        assertThat(DurationText.parse(text)).isEqualTo(value);
        assertThat(DurationText.of(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "1.5s",
                "-1s",
                "1 w",
                "1S",
                "1s 2ms",
                "9999999999999s",
                "1000000000d"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
    }
}
