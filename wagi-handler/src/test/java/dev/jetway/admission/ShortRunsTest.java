package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.admission.ShortRuns.Pause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortRunsTest {
    /** The runs of a route, {@code s} short and {@code L} long, and whether it is short then. */
    @ParameterizedTest
    @CsvSource({
        "'',                                     false",
        "sssssss,                                false",
        "ssssssss,                               true",
        "L,                                      false",
        "ssssssssL,                              false",
        "ssssssssLssssssss,                      true",
        "ssssssssssssssssssssssssLL,             true",
        "ssssssssssssssssssssssssLLL,            false",
        "ssssssssssssssssssssssssLLLsssssss,     false",
        "ssssssssssssssssssssssssLLLssssssss,    true",
    })
    void aRouteIsShortAfterShortRuns(String runs, boolean expected) {
        var record = new ShortRuns.Count();

        runs.chars().forEach(run -> record.ran(run == 'L'));

        assertThat(record.isShort()).isEqualTo(expected);
    }

    @Test
    void aRouteWithManyLongRunsComesBackAfterABoundedNumberOfShortOnes() {
        var record = new ShortRuns.Count();
        for (int i = 0; i < 1000; i++) {
            record.ran(true);
        }

        int needed = 0;
        for (; !record.isShort(); needed++) {
            record.ran(false);
        }

        assertThat(needed).isEqualTo(48);
    }

    @Test
    void aPauseEndsAfterItsTime() {
        var pause = new Pause();

        pause.extend(1000, 50);

        assertThat(pause.isOn(1049)).isTrue();
        assertThat(pause.isOn(1050)).isFalse();
        // The clock may pass zero, and go far on.
        assertThat(pause.isOn(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        var pause = new Pause();

        pause.extend(0, 100);
        pause.extend(10, 20);

        assertThat(pause.isOn(99)).isTrue();
        assertThat(pause.isOn(100)).isFalse();
    }

    @Test
    void aPauseIsBounded() {
        var pause = new Pause();
        long longest = ShortRuns.LONGEST_PAUSE.toNanos();

        pause.extend(0, Duration.ofDays(1).toNanos());

        assertThat(pause.isOn(longest - 1)).isTrue();
        assertThat(pause.isOn(longest)).isFalse();
    }
}
