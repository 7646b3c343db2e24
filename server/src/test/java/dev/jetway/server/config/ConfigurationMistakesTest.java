package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigurationMistakesTest {
    @TempDir Path folder = Path.of("");

    static List<CaseFile> cases() {
        return CaseFile.read("mistakes.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_mistakes_areReportedTogether(CaseFile mistakes) throws IOException {
        mistakes.writeTo(Files.createDirectory(folder.resolve("conf")));

        var failure =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () -> new ConfigurationReader(folder, 2).read(Path.of("conf")));

        assertThat(failure).isNotNull();
        assertThat(String.valueOf(failure.getMessage()).lines().toList())
                .containsExactlyElementsOf(mistakes.lines("problems"));
        assertThat(failure.problems()).anyMatch(p -> p.severity() == Severity.ERROR);
    }
}
