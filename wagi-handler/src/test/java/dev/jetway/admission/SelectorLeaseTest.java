package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorLeaseTest {
    private static final long NOW = 1_000_000_000;

    private static boolean isDue(long held, long busy) {
        var thread = new SelectorThread(() -> {}, Runnable::run);
        return new SelectorLease(thread, NOW, () -> busy).isDue(NOW + held);
    }

    @ParameterizedTest
    @CsvSource({
        "999999, 999999, false",
        "1000000, 999999, false",
        "1000000, 1000000, true",
        "9999999, 0, false",
        "9999999, 1000000, true",
        "10000000, 0, true",
    })
    void connectionsAreTakenOverFromAGuestThatRunsOrWaits(long held, long busy, boolean due) {
        assertThat(isDue(held, busy)).isEqualTo(due);
    }

    @Test
    void aShortGuestIsNotAskedForItsProcessorTime() {
        var thread = new SelectorThread(() -> {}, Runnable::run);
        var lease =
                new SelectorLease(
                        thread,
                        NOW,
                        () -> {
                            throw new AssertionError("a system call");
                        });

        assertThat(lease.isDue(NOW + Duration.ofNanos(999_999).toNanos())).isFalse();
    }
}
