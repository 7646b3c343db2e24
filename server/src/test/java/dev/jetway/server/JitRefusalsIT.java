package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JIT compiles the largest functions of php-cgi, which are split, and refuses no method: none
 * runs out of nodes, registers or room for code. With the launcher's flags and low thresholds.
 */
@Timeout(300)
final class JitRefusalsIT {
    private static final Path PHP =
            Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm").toAbsolutePath().normalize();

    /** The scanner of dates, the matcher of patterns, the parser and the scanner of scripts. */
    private static final List<String> GIANTS =
            List.of("Split_230_", "Split_391_", "Split_4761_", "Split_4781_");

    private static final String PAGE =
            """
            <?php
            $source = '';
            for ($i = 0; $i < 40; $i++) {
                $source .= "if (\\$a$i = [1, 'k' => \\$b->c(2.5e3)]) { echo \\"x \\$d y\\" . <<<E\\n z {\\$e[1]}\\nE;"
                    . " } /* c */ function f$i(?int \\$x = 0x1f): int { return \\$x ** 2 <=> 7; }\\n";
            }
            try { eval('return 1; ' . $source . ' )'); } catch (ParseError $e) { echo 'parsed '; }
            $text = str_repeat('The quick (brown) fox, 1234-56 jumps; ', 40);
            echo preg_match_all('/(?<w>[a-z]+|\\d{2,}(?=-))\\W*?(?:\\(|;|$)/i', $text), ' ';
            for ($i = 1; $i < 29; $i++) {
                $t = strtotime("last monday of march 2004 12:$i:00 +2 days", 0);
                $t = strtotime("2010-02-$i 10:00 Europe/Paris", 0);
            }
            echo date('Y', $t);
            """;

    @TempDir private Path folder;

    @Test
    void largeFunctionsOfPhp() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        Files.writeString(Files.createDirectory(folder.resolve("www")).resolve("p.php"), PAGE);
        String modules =
                """
                [[module]]
                route = "/page"
                module = "%s"
                volumes = { "/www" = "%s" }
                environment = { SCRIPT_FILENAME = "/www/p.php", REDIRECT_STATUS = "200" }
                """
                        .formatted(PHP, folder.resolve("www"));
        // Compiles the module, unless another test has.
        try (var server = TestServer.start(folder, "[limits]\ntime = \"2m\"\n", modules)) {
            assertThat(server.get("/page").body()).isEqualTo("parsed 80 2010");
        }

        List<String> lines = lines();

        assertThat(lines.stream().filter(line -> line.startsWith("refused "))).isEmpty();
        assertThat(GIANTS)
                .allSatisfy(giant ->
                        assertThat(lines).anyMatch(line -> line.startsWith("compiled " + giant)));
    }

    private List<String> lines() throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launcherFlags());
        command.addAll(List.of("-XX:CompileThresholdScaling=0.1", "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(PhpUnderJit.class.getName(), folder.toString()));
        command.addAll(GIANTS);
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }

    private static List<String> launcherFlags() throws Exception {
        Matcher flags =
                Pattern.compile("\nflags='(.*)'")
                        .matcher(Files.readString(Path.of("..", "jetway")));
        assertThat(flags.find()).isTrue();
        return Stream.of(flags.group(1).split(" ")).toList();
    }
}
