package dev.jetway.sandbox.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot is kept if it saves a fifth of the start, and 50 µs. */
final class StartGainTest {
    @ParameterizedTest
    @CsvSource({
        // ordinary and resumed in nanoseconds
        "1000000,  800000, true",
        "1000000,  800001, false",
        "1000000, 1200000, false",
        "  60000,   10000, true",
        "  60000,   10001, false",
        " 250000,  200000, true",
        " 249999,  199999, true",
        " 249999,  200000, false",
        "      0,       0, false",
    })
    void isEnough(long ordinary, long resumed, boolean enough) {
        var gain = new StartGain(Duration.ofNanos(ordinary), Duration.ofNanos(resumed));

        assertThat(gain.isEnough()).isEqualTo(enough);
    }

    @Test
    void mediansAreTold() {
        StartGain gain =
                StartGain.of(
                        new long[] {9_000_000, 6_800_000, 1_000_000},
                        new long[] {1_250_000, 50_000_000, 1});

        assertThat(gain).hasToString("1.25 ms instead of 6.80 ms");
    }
}
