package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RunClockTest {
    private static final long MS = 1_000_000;

    private long cpu;
    private int readings;
    private final RunClock clock =
            new RunClock(() -> {
                readings++;
                return cpu;
            });

    private long run(long begun, long wall, long used) {
        clock.begin(begun);
        cpu += used;
        return clock.busy(begun, begun + wall);
    }

    @Test
    void aRunOfAMillisecondIsShort() {
        assertThat(run(0, MS, MS)).isZero();
    }

    @Test
    void aRunThatComputesForLongerIsNot() {
        assertThat(run(0, MS + 1, MS + 1)).isEqualTo(MS + 1);
    }

    @Test
    void aRunThatWaitedForAProcessorHasItsProcessorTimeOnly() {
        assertThat(run(0, 20 * MS, MS / 4)).isEqualTo(MS / 4);
    }

    @Test
    void aReadingIsUsedForAMillisecond() {
        for (int i = 0; i <= 10; i++) {
            run(i * MS / 10, MS / 10, MS / 10);
        }

        assertThat(readings).isEqualTo(1);
        run(2 * MS, MS / 10, MS / 10);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void workBeforeTheRunIsNotCountedAsItsOwn() {
        run(0, MS, MS / 2);
        cpu += MS / 2;

        assertThat(run(MS, 5 * MS, 3 * MS)).isEqualTo(3 * MS);
    }

    @Test
    void aThreadWithoutAClockIsNeverBusy() {
        var none = new RunClock(() -> 0);

        none.begin(0);

        assertThat(none.busy(0, 20 * MS)).isZero();
    }
}
