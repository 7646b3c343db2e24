package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** docs/configuration.md names every option. */
final class OptionsDocumentTest {
    private static final Path DOCUMENT =
            Path.of("").toAbsolutePath().resolveSibling("docs/configuration.md");

    static List<Object> options() {
        return List.of(
                new ConfigurationOptions(),
                new RefusedOptions(),
                new CacheOptions(),
                new GuestOptions());
    }

    @ParameterizedTest
    @MethodSource("options")
    void document_everyOption_hasALine(Object options) throws IOException {
        List<String> rows =
                Files.readAllLines(DOCUMENT).stream().filter(l -> l.startsWith("| `-")).toList();

        assertThat(new CommandLine(options).getCommandSpec().optionsMap().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(rows).anyMatch(r -> r.contains("`" + name + "`")));
    }
}
