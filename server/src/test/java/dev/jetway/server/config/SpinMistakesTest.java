package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "files, 1000, false",
        "files, 1001, true",
        "exclude_files, 1000, false",
        "exclude_files, 1001, true",
        "allowed_outbound_hosts, 1000, false",
        "allowed_outbound_hosts, 1001, true",
    })
    void read_listOverItsBound_isAnError(String key, int items, boolean over) throws IOException {
        Files.writeString(folder.resolve("a.wasm"), "");
        Files.writeString(
                folder.resolve("spin.toml"),
                """
                spin_manifest_version = 2
                application.name = "a"
                [[trigger.http]]
                route = "/"
                component = "a"
                executor.type = "wagi"
                [component.a]
                source = "a.wasm"
                """
                        + key
                        + " = ["
                        + "'a.wasm', ".repeat(items)
                        + "]\n");

        List<String> told = problems();

        assertThat(told.stream().anyMatch(problem -> problem.contains("1000")))
                .as("%s", told)
                .isEqualTo(over);
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
