package dev.jetway.embedding.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.embedding.Programs;
import dev.jetway.http.Endpoint;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenProgramsTest {
    private static final Path HELLO = Path.of("..", "examples", "cgi-wasm", "hello.wasm");

    @TempDir private Path folder;

    private static RequestHead get(String target) {
        return new RequestHead(
                "id-1",
                "GET",
                RequestTarget.parse(target).orElseThrow(),
                "HTTP/1.1",
                false,
                Optional.of("example.org"),
                List.of(),
                new Endpoint("192.0.2.7", 1234),
                new Endpoint("192.0.2.1", 80),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "'', /hello, /hello, true",
        "'', hello, /hello, true",
        "/shop, /hello, /shop/hello, true",
        "/shop, hello, /shop/hello, true",
        "/shop, /hello, /hello, false",
        "/shop, /..., /shop/a/b, true",
        "/shop, /..., /shop, true",
        "/shop, /..., /shopping, false"
    })
    void pathsAreBelowTheContext(String context, String path, String target, boolean found)
            throws Exception {
        try (var open = OpenPrograms.open(Programs.of(path, HELLO), context)) {
            assertThat(open.gateway().find(get(target)).isPresent()).isEqualTo(found);
        }
    }

    @Test
    void compiledModulesAreKeptInTheCache() throws Exception {
        Programs programs = Programs.of("/hello", HELLO).withCache(folder.resolve("cache"));
        try (var open = OpenPrograms.open(programs, "")) {
            assertThat(open.temporary()).isDirectory();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
        }
    }

    @Test
    void nothingStaysOpenAfterAnEndOrAFailure() throws Exception {
        Path temporary;
        try (var open = OpenPrograms.open(Programs.of("/hello", HELLO), "")) {
            temporary = open.temporary();
        }
        assertThat(temporary).doesNotExist();

        Path broken = Files.writeString(folder.resolve("broken.wasm"), "no module");
        assertThatThrownBy(() -> OpenPrograms.open(Programs.of("/a", broken), ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/a")
                .hasMessageContaining("broken.wasm")
                .hasNoSuppressedExceptions();
    }
}
