package dev.jetway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HeapReserveTest {
    @Test
    @Timeout(60)
    void theReserveIsGivenUpBeforeTheHeapIsExhaustedAndHeldAgainAfterwards() throws Exception {
        Process probe =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HeapReserveProbe.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(probe.getInputStream().readAllBytes(), UTF_8);

        assertThat(said).matches("low after [345]\\d MiB, 512 more\\nheld again\\n");
        assertThat(probe.waitFor()).isZero();
    }
}
