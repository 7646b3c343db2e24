package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.host.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Guests see the sandbox's clocks and randomness, and nothing else of the host. */
final class ClocksTest {
    /** A clock that moves only by sleeping; the time of day stands still once. */
    private static final class Stepping implements Clocks {
        private Instant realtime = Instant.ofEpochSecond(1_000_000_000, 7);
        private long monotonic = -5;
        private Duration slept = Duration.ZERO;

        @Override
        public Instant realtime() {
            return realtime;
        }

        @Override
        public long monotonic() {
            return monotonic;
        }

        @Override
        public void sleep(Duration time) {
            slept = slept.plus(time);
            realtime = realtime.plus(time);
            monotonic += time.toNanos();
        }
    }

    private final Stepping clocks = new Stepping();

    private GuestProgram.Result run(RandomGenerator random, String... operations) throws Exception {
        try (var sandbox = new Sandbox(TestSandbox.WASI, () -> false, clocks, random)) {
            return new GuestProgram("suite.wasm").run(sandbox, operations);
        }
    }

    @Test
    void poll_sleepsByTheSandboxsClocks() throws Exception {
        GuestProgram.Result result = run(new Random(), "suite", "polling_clocks");

        assertThat(result.err()).isEmpty();
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        // Four waits of 20 ms.
        assertThat(clocks.slept).isEqualTo(Duration.ofMillis(80));
    }

    @Test
    void clocks_areTheSandboxs() throws Exception {
        assertThat(run(new Random(), "suite", "clocks").err()).isEmpty();
        assertThat(clocks.slept).isZero();
    }

    @Test
    void random_isTheSandboxs() throws Exception {
        var constant =
                new RandomGenerator() {
                    @Override
                    public long nextLong() {
                        return 0;
                    }
                };

        assertThat(run(constant, "suite", "randomness").err())
                .contains("memcmp(bytes, other, sizeof other) != 0");
    }
}
