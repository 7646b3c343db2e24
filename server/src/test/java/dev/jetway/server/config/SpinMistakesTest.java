package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that is wrong with a manifest of Spin, or not served, is named with its line. */
final class SpinMistakesTest {
    @TempDir Path folder = Path.of("");

    static List<CaseFile> cases() {
        return CaseFile.read("spin-mistakes.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_mistakes_areReportedTogether(CaseFile mistakes) throws IOException {
        mistakes.writeTo(folder);

        assertThat(problems()).containsExactlyElementsOf(mistakes.lines("problems"));
    }

    private List<String> problems() {
        var inputs = new SpinInputs(Map.of(), folder, Optional.empty(), true);
        var reader = new ConfigurationReader(folder, 2, Optional.empty(), inputs);
        try {
            return texts(reader.read(Path.of("spin.toml")).warnings());
        } catch (ConfigurationException e) {
            return texts(e.problems());
        }
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
