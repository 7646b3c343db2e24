package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
                        new GuestOptions().all())
                .flatMap(List::stream)
                .flatMap(option -> option.names().stream())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    void document_everyOption_hasALine(String name) throws IOException {
        assertThat(Files.readAllLines(DOCUMENT))
                .filteredOn(line -> line.startsWith("| `-"))
                .anyMatch(row -> row.contains("`" + name + "`"));
    }
}
