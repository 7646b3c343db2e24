package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.admission.FairQueue.RouteLine;
import dev.jetway.admission.FairQueue.SiteLine;
import dev.jetway.admission.ShortRuns.Pause;
import dev.jetway.route.TenantLimits;
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

    /** A run of 1 ms and 1 ns is long; one that has held up no connection pauses nobody. */
    @ParameterizedTest
    @CsvSource({
        // busy, held, pause of its site, pause of the others
        "1000001, 1000001, 16000016, 4000004",
        "1000001, 900000,  16000016, 3600000",
        "1000001, 9000000, 16000016, 4000004",
        "1000001, 0,       0,        0",
        "1000000, 1000000, 0,        0",
    })
    void aLongRunPausesItsSiteAndAllSites(long busy, long held, long own, long others) {
        var queue = new FairQueue(1, 1, () -> 0);
        RouteLine route = shortRoute(queue);
        RouteLine other = shortRoute(queue);

        queue.ran(route, new RunLength(busy, held, false), 0);

        assertThat(queue.isShort(other, others - 1)).isEqualTo(others == 0);
        assertThat(queue.isShort(other, others)).isTrue();
        assertThat(queue.isShort(route, own - 1)).isEqualTo(own == 0);
        assertThat(queue.isShort(route, own)).isTrue();
    }

    /** A route of a site of its own, the runs of which have been short. */
    private static RouteLine shortRoute(FairQueue queue) {
        var route = new RouteLine(new SiteLine(TenantLimits.ALL), TenantLimits.ALL);
        for (int i = 0; i < 100; i++) {
            queue.ran(route, RunLength.SHORT, 0);
        }
        return route;
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
