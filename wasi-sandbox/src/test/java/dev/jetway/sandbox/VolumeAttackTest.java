package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guest uses its volume while another process swaps directories, files and links in it. The
 * system property {@code jetway.attack.swaps} sets the number of swaps, 4,000 by default; {@code
 * mvn verify -Djetway.attack.swaps=100000 -pl wasi-sandbox -am -Dtest=VolumeAttackTest
 * -Dsurefire.failIfNoSpecifiedTests=false} runs many.
 */
final class VolumeAttackTest {
    private static final int SWAPS = Integer.getInteger("jetway.attack.swaps", 4_000);
    private static final String ROUNDS = "100";

    @TempDir private Path folder;
    private Path volume = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        volume = Files.createDirectory(folder.resolve("volume"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectory(folder.resolve("parked"));
        Files.writeString(outside.resolve("secret"), "outside");
        Files.writeString(outside.resolve("marker"), "outside");
        Files.createDirectory(outside.resolve("e"));
        Files.writeString(volume.resolve("f"), "inside");
        Path inside = Files.createDirectory(volume.resolve("d"));
        Files.writeString(inside.resolve("secret"), "inside");
        Files.createDirectory(inside.resolve("e"));
        Files.createSymbolicLink(volume.resolve("l"), outside);
    }

    @Test
    void volume_swappedByAnotherProcess_isNeverLeft() throws Exception {
        var before = Files.getLastModifiedTime(outside);
        var secret = Files.getLastModifiedTime(outside.resolve("secret"));
        int runs = 0;
        try (var sandbox = TestSandbox.open()) {
            var guest = new GuestProgram("probe.wasm", new Volume("/", volume));
            guest.run(sandbox, "probe", "hammer", ROUNDS);
            Process attacker = attack();
            do {
                GuestProgram.Result result = guest.run(sandbox, "probe", "hammer", ROUNDS);
                assertThat(result.out()).isEmpty();
                assertThat(result.report().outcome()).isEqualTo(new Exited(0));
                runs++;
            } while (attacker.isAlive());
            assertThat(attacker.waitFor()).isZero();
        }

        assertThat(runs).isGreaterThan(1);
        assertThat(Files.getLastModifiedTime(outside)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(outside.resolve("secret"))).isEqualTo(secret);
        assertThat(outside.resolve("secret")).hasContent("outside");
        try (var names = Files.list(outside)) {
            assertThat(names).hasSize(3);
        }
    }

    private Process attack() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of("target", "test-classes").toString(),
                        VolumeAttacker.class.getName(),
                        folder.toString(),
                        String.valueOf(SWAPS))
                .inheritIO()
                .start();
    }
}
