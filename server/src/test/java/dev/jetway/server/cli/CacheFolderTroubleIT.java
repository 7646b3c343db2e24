package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** If compiled modules cannot be stored, the server works without, after one warning. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class CacheFolderTroubleIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples", "cgi-wasm").toAbsolutePath().normalize();

    @TempDir private Path folder;

    /** Runs a process of its own, because its log is read and its files are bounded. */
    private List<String> compileTwo(String limits, Path cache) throws Exception {
        var command = new ArrayList<>(List.of("sh", "-c", limits + "exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.jetway.server.Main", "compile", "--module-cache"));
        command.addAll(List.of(cache.toString(), "hello.wasm", "env.wasm"));
        Process process =
                new ProcessBuilder(command)
                        .directory(EXAMPLES.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("hello.wasm: ", "env.wasm: ");
        return said.lines().filter(l -> l.contains("compiled modules")).toList();
    }

    private static List<String> entries(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    @Test
    void missingFolder_thatCannotBeCreated_isOneWarning() throws Exception {
        Path nowhere = Path.of("/proc/jetway");

        assertThat(compileTwo("", nowhere))
                .singleElement()
                .asString()
                .contains("compiled modules are not kept: the folder /proc/jetway");
    }

    /** A folder in which not even root can create a file. */
    @Test
    void unwritableFolder_isOneWarning() throws Exception {
        Path unwritable = Path.of("/proc/sys/kernel");

        assertThat(compileTwo("", unwritable))
                .singleElement()
                .asString()
                .contains("compiled modules are not kept: the folder /proc/sys/kernel");
    }

    /** As on a full disk: the first bytes of a file can be written and no more. */
    @Test
    void fullDisk_isOneWarningAndLeavesNothingBehind() throws Exception {
        Path cache = folder.resolve("cache");

        assertThat(compileTwo("ulimit -f 1; ", cache))
                .singleElement()
                .asString()
                .contains("compiled modules cannot be kept in " + cache);
        assertThat(entries(cache)).containsExactly("key");
    }

    @Test
    void diskWithSpaceAgain_isUsedAgain() throws Exception {
        Path cache = folder.resolve("cache");
        compileTwo("ulimit -f 1; ", cache);

        assertThat(compileTwo("", cache)).isEmpty();
        assertThat(entries(cache)).hasSize(3).contains("key");
    }
}
