package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md names every option. */
final class OptionsDocumentTest {
    private static final Path DOCUMENT =
            Path.of("").toAbsolutePath().resolveSibling("docs/configuration.md");

    static Stream<String> names() {
        return Stream.of(
                        new ConfigurationOptions().all(),
                        new CacheOptions().all(),
                        new GuestOptions().all(),
                        new RegistryCommands.Choice().options())
                .flatMap(List::stream)
                .map(CommandOption::syntax)
                .flatMap(option ->
                        Stream.of(dashed("-", option.getOpt()), dashed("--", option.getLongOpt())))
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    private static String dashed(String dashes, @Nullable String name) {
        return name == null ? "" : dashes + name;
    }

    @ParameterizedTest
    @MethodSource("names")
    void document_everyOption_hasALine(String name) throws IOException {
        assertThat(Files.readAllLines(DOCUMENT))
                .filteredOn(line -> line.startsWith("| `-"))
                .anyMatch(row -> row.contains("`" + name + "`"));
    }
}
