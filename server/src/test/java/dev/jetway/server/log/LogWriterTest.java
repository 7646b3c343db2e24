package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.log.LogWriter.Target;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogWriterTest {
    private final LogWriter writer =
            new LogWriter(
                    new Rotation(1000, Optional.empty(), 1, Optional.empty()),
                    Optional.empty(),
                    InstantSource.system());

    private boolean isNews(int file) {
        return writer.isNews(new Target(new LogPlace(Path.of("logs"), false), "log" + file));
    }

    @Test
    void troubleWithManyFiles_isToldOnceForEach() {
        for (int i = 0; i < LogWriter.MAX_FAILING; i++) {
            assertThat(isNews(i)).isTrue();
        }

        assertThat(isNews(0)).isFalse();
        assertThat(isNews(LogWriter.MAX_FAILING - 1)).isFalse();
    }

    @Test
    void troubleWithTooManyFiles_isToldAgain() {
        for (int i = 0; i <= LogWriter.MAX_FAILING; i++) {
            assertThat(isNews(i)).isTrue();
        }

        assertThat(isNews(0)).isTrue();
    }
}
