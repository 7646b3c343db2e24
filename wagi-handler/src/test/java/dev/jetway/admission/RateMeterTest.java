package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.route.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateMeterTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aBurstPassesAndOneMoreDoesNot() {
        var meter = new RateMeter(new Rate(10, 3), now::get);

        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).contains(Duration.ofMillis(100));
    }

    @Test
    void anotherRequestPassesAfterTheReturnedTimeAndNotBefore() {
        var meter = new RateMeter(new Rate(10, 1), now::get);
        assertThat(meter.take()).isEmpty();
        Duration wait = meter.take().orElseThrow();

        pass(wait.minusNanos(1000));
        assertThat(meter.take()).isPresent();
        pass(Duration.ofNanos(2000));
        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).isPresent();
    }

    @Test
    void aPauseFillsTheBucketOnlyToItsBurst() {
        var meter = new RateMeter(new Rate(1000, 2), now::get);

        pass(Duration.ofDays(1));

        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).isPresent();
    }

    @Test
    void aReturnedTokenMayBeTakenAgain() {
        var meter = new RateMeter(new Rate(1, 1), now::get);
        assertThat(meter.take()).isEmpty();

        meter.giveBack();

        assertThat(meter.take()).isEmpty();
        assertThat(meter.take()).isPresent();
    }

    @Test
    void aRateOutOfRangeIsRefused() {
        assertThat(new Rate(Rate.MIN_PER_SECOND, 1).burst()).isEqualTo(1);
        assertThat(new Rate(Rate.MAX_PER_SECOND, Rate.MAX_BURST).burst()).isEqualTo(Rate.MAX_BURST);
        assertThatThrownBy(() -> new Rate(Rate.MIN_PER_SECOND / 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(Rate.MAX_PER_SECOND + 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, Rate.MAX_BURST + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDefaultBurstIsTheRequestsOfASecond() {
        assertThat(Rate.of(50).burst()).isEqualTo(50);
        assertThat(Rate.of(0.01).burst()).isEqualTo(1);
        assertThat(Rate.of(Rate.MAX_PER_SECOND).burst()).isEqualTo(Rate.MAX_BURST);
    }
}
