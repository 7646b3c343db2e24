package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GuestLimitsTest {
    @Test
    void aTimeLimitLiesInItsRange() {
        GuestLimits limits = GuestLimits.DEFAULT;

        assertThat(limits.withWallTime(Duration.ofMillis(1)).wallTime()).hasMillis(1);
        assertThat(limits.withWallTime(Duration.ofHours(24)).wallTime()).hasHours(24);
        assertThatThrownBy(() -> limits.withWallTime(Duration.ofNanos(999_999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits.withWallTime(Duration.ofHours(24).plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMemoryLimitLiesInItsRange() {
        GuestLimits limits = GuestLimits.DEFAULT;

        assertThat(limits.withMemory(new ByteSize(65_536)).memory()).hasToString("64KiB");
        assertThat(limits.withMemory(ByteSize.ofMebibytes(2048)).memory()).hasToString("2GiB");
        assertThatThrownBy(() -> limits.withMemory(new ByteSize(65_535)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits.withMemory(new ByteSize((2048L << 20) + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
