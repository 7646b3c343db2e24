package dev.jetway.server.config.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.SourcePosition;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bound of what sites hold: as many as may be, and one more. */
final class SiteBoundsTest {
    @TempDir private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String problems() {
        try {
            Configuration read =
                    new ConfigurationReader(folder, 2, Optional.of(folder.resolve("state")))
                            .read(Path.of(""));
            return read.warnings().stream().map(Object::toString).collect(Collectors.joining("\n"));
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String list(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(", "));
    }

    private void jetway(String text) throws IOException {
        Files.createDirectories(folder.resolve("sites/a.example"));
        write("jetway.toml", text);
    }

    @Test
    void patterns() throws IOException {
        jetway("sites = [" + list(100, _ -> "\"sites/*\"") + "]\n");
        assertThat(problems()).isEmpty();

        jetway("sites = [" + list(101, _ -> "\"sites/*\"") + "]\n");
        assertThat(problems()).contains("'sites' must be a list of at most 100 texts");
    }

    @Test
    void handlers() throws IOException {
        String sites = "sites = \"sites/*\"\n";
        IntFunction<String> one =
                i -> "[handler.h%d]\nmodule = \"m\"\nextensions = [\"e%d\"]\n".formatted(i, i);
        jetway(sites + list(50, one).replace(", ", ""));
        assertThat(problems()).isEmpty();

        jetway(sites + list(51, one).replace(", ", ""));
        assertThat(problems()).contains("more than 50 handlers");
    }

    @Test
    void extensionsAndArguments() throws IOException {
        String handler = "sites = \"sites/*\"\n[handler.h]\nmodule = \"m\"\n";
        String both = "extensions = [%s]\nargv = [%s]\n";
        jetway(handler + both.formatted(list(20, i -> "\"e" + i + "\""), list(32, _ -> "\"a\"")));
        assertThat(problems()).isEmpty();

        jetway(handler + both.formatted(list(21, i -> "\"e" + i + "\""), list(33, _ -> "\"a\"")));
        assertThat(problems())
                .contains("'extensions' must be a list of at most 20 texts")
                .contains("'argv' must be a list of at most 32 texts");

        jetway(handler + "extensions = [\"" + "e".repeat(16) + "\"]\n");
        assertThat(problems()).isEmpty();
        jetway(handler + "extensions = [\"" + "e".repeat(17) + "\"]\n");
        assertThat(problems()).contains("is not an extension");
    }

    @Test
    void plans() throws IOException {
        jetway("sites = \"sites/*\"\n");
        for (int i = 0; i < Plans.MAX_PLANS; i++) {
            write("plans/p" + i + ".toml", "");
        }
        assertThat(problems()).isEmpty();

        write("plans/q.toml", "");
        assertThat(problems()).contains("more than 1000 plans");
    }

    @Test
    void valuesForPhp() throws IOException {
        jetway("sites = \"sites/*\"\n");
        String site = "php = { %s }\n";
        write("sites/a.example/site.toml", site.formatted(list(200, i -> "v" + i + " = \"1\"")));
        assertThat(problems()).isEmpty();
        write("sites/a.example/site.toml", site.formatted(list(201, i -> "v" + i + " = \"1\"")));
        assertThat(problems()).contains("'php' holds more than 200 values");

        write("sites/a.example/site.toml", site.formatted("v = \"" + "x".repeat(1000) + "\""));
        assertThat(problems()).isEmpty();
        write("sites/a.example/site.toml", site.formatted("v = \"" + "x".repeat(1001) + "\""));
        assertThat(problems()).contains("one line of at most 1000 characters");
    }

    @Test
    void valuesForPhp_cannotLeaveTheirLine() throws IOException {
        jetway("sites = \"sites/*\"\n");
        for (String value : List.of("a\\nb = 1", "a'b", "\\u0000", "\\u007f", "\\r")) {
            write("sites/a.example/site.toml", "php = { v = \"" + value + "\" }\n");
            assertThat(problems()).as(value).contains("sites/a.example/site.toml:1: error:");
        }
    }

    @Test
    void depthOfCgiBin() throws IOException {
        jetway("sites = \"sites/*\"\n");
        write("sites/a.example/cgi-bin/2/3/4/5/6/7/8/x.wasm", "");
        assertThat(problems()).isEmpty();

        write("sites/a.example/cgi-bin/2/3/4/5/6/7/8/9/x.wasm", "");
        assertThat(problems()).contains("lies more than 8 folders deep");
    }

    @Test
    void entriesOfCgiBin() throws IOException {
        jetway("sites = \"sites/*\"\n");
        Path programs = Files.createDirectories(folder.resolve("sites/a.example/cgi-bin"));
        for (int i = 0; i < CgiBin.MAX_ENTRIES; i++) {
            Files.createFile(programs.resolve("f" + i));
        }
        assertThat(problems()).isEmpty();

        Files.createFile(programs.resolve("g"));
        assertThat(problems()).contains("holds more than 10000 files and folders");
    }

    @Test
    void sites() throws IOException {
        assertThat(SiteListing.MAX_SITES).isEqualTo(20_000);
        int most = 20;
        for (int i = 0; i < most; i++) {
            Files.createDirectory(folder.resolve("s" + i));
        }
        var pattern =
                new Hosting.Pattern(
                        folder,
                        Path.of("sites"),
                        "*",
                        Optional.empty(),
                        new SourcePosition("jetway.toml", 1));
        var full = new SiteListing(List.of(pattern), Map.of(), most);
        assertThat(full.entries()).hasSize(most);
        assertThat(full.problems()).isEmpty();

        Files.createDirectory(folder.resolve("t1"));
        Files.createDirectory(folder.resolve("t2"));
        var over = new SiteListing(List.of(pattern), Map.of(), most);
        assertThat(over.entries()).hasSize(most);
        assertThat(over.problems())
                .extracting(Object::toString)
                .containsExactly("sites/t1: error: more than 20 sites: the others are left out");
    }
}
