package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the files of one site: all are reported, and no other site is affected. */
final class SiteMistakesTest {
    @TempDir Path folder = Path.of("");

    static List<CaseFile> cases() {
        return CaseFile.read("site-mistakes.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_mistakesOfSites_areReportedTogether(CaseFile mistakes) throws IOException {
        mistakes.writeTo(Files.createDirectory(folder.resolve("conf")));

        assertThat(problems(mistakes.parts().containsKey("fatal")))
                .containsExactlyElementsOf(mistakes.lines("problems"));
    }

    private List<String> problems(boolean fatal) {
        try {
            Configuration read =
                    new ConfigurationReader(folder, 2, Optional.of(folder.resolve("state")))
                            .read(Path.of("conf"));
            assertThat(fatal).as("the server starts").isFalse();
            return read.warnings().stream().map(Object::toString).toList();
        } catch (ConfigurationException e) {
            assertThat(fatal).as("the server starts not: %s", e.getMessage()).isTrue();
            return String.valueOf(e.getMessage()).lines().toList();
        }
    }
}
