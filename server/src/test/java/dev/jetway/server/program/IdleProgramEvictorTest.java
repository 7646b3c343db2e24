package dev.jetway.server.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class IdleProgramEvictorTest {
    @Test
    void allProgramsAreCheckedInEachRoundUntilClose() throws Exception {
        var looks = new CountDownLatch(3);
        var idle =
                new IdleProgramEvictor(
                        () -> {
                            looks.countDown();
                            return List.of();
                        },
                        Duration.ofMillis(1));

        idle.start();
        looks.await();
        idle.close();
    }

    @Test
    void nothingIsCheckedBeforeTheFirstRoundIsOver() throws Exception {
        var looks = new AtomicInteger();
        try (var idle =
                new IdleProgramEvictor(
                        () -> {
                            looks.incrementAndGet();
                            return List.of();
                        },
                        Duration.ofDays(1))) {
            idle.start();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(looks).hasValue(0);
    }
}
