package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is over its time ends at once, whatever host function it is in. */
final class InterruptionTest {
    private static final Duration LIMIT = Duration.ofMillis(200);

    /** 50 ms on a machine with time to spare; this one runs other tests beside it. */
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    private final Sandbox sandbox = new Sandbox();

    @TempDir private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        try (var large = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength(8L << 30);
        }
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(many.resolve("a-file-with-a-name-" + i));
        }
    }

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "drain|large", "relist|many", "random", "input", "spin"})
    void run_overItsTime_endsInAnyHostFunction(String operation) throws Exception {
        try (var writer = new PipedOutputStream();
                var silent = new PipedInputStream(writer)) {
            GuestProgram.Result result =
                    new GuestProgram("probe.wasm", new Volume("/", folder))
                            .within(LIMIT)
                            .reading(silent)
                            .run(sandbox, "probe", operation);

            assertThat(result.report().outcome()).isEqualTo(new TimeLimitReached(LIMIT));
            assertThat(result.report().wallTime()).isBetween(LIMIT, LIMIT.plus(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "poll|60000"})
    void run_overItsTime_endsWhileItPollsASilentInput(String operation) throws Exception {
        GuestProgram.Result result =
                new GuestProgram("probe.wasm")
                        .within(LIMIT)
                        .reading(new SlowInput())
                        .run(sandbox, "probe", operation);

        assertThat(result.report().outcome()).isEqualTo(new TimeLimitReached(LIMIT));
        assertThat(result.report().wallTime()).isBetween(LIMIT, LIMIT.plus(TOLERANCE));
    }
}
