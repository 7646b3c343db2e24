package dev.jetway.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.jetway.embedding.Dialect;
import dev.jetway.embedding.ProgramRoute;
import dev.jetway.embedding.Programs;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InitParametersTest {
    private static InitParameters parameters(Map<String, String> values) {
        return new InitParameters(
                "/shop",
                path -> path.startsWith("/WEB-INF/") ? "/apps/shop" + path : null,
                new TreeMap<>(values).keySet().stream().toList(),
                name -> values.getOrDefault(name, ""));
    }

    @Test
    void eachPathIsAProgram() throws Exception {
        Programs programs =
                parameters(
                                Map.of(
                                        "/hello",
                                        "WEB-INF/hello.wasm",
                                        "/files/...",
                                        "/WEB-INF/files.wasm",
                                        "dialect",
                                        "wagi",
                                        "cache",
                                        "WEB-INF/cache"))
                        .programs();

        assertThat(programs.routes())
                .extracting(ProgramRoute::path, ProgramRoute::module, ProgramRoute::dialect)
                .containsExactly(
                        tuple("/files/...", Path.of("/apps/shop/WEB-INF/files.wasm"), Dialect.WAGI),
                        tuple("/hello", Path.of("/apps/shop/WEB-INF/hello.wasm"), Dialect.WAGI));
        assertThat(programs.cache()).isEqualTo(Optional.of(Path.of("/apps/shop/WEB-INF/cache")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module | WEB-INF/a.wasm | 'module' is not known: known are 'dialect', 'cache' and",
                "/a     | a.wasm         | '/a': \"a.wasm\" is not a file of the web application",
                "/a/../.. | WEB-INF/a.wasm | '/a/../..': a route cannot lead above the root",
                "dialect | perl          | 'dialect' is \"cgi\" or \"wagi\", not \"perl\"",
                "dialect | cgi           | no init-parameter names a program",
                "cache  | /tmp           | no init-parameter names a program",
            })
    void mistakesAreNamed(String name, String value, String message) {
        assertThatThrownBy(() -> parameters(Map.of(name, value)).programs())
                .isInstanceOf(ServletException.class)
                .hasMessageContaining(message);
    }

    @Test
    void twoProgramsAtOnePathAreAnError() {
        Map<String, String> twice = Map.of("/a", "WEB-INF/a.wasm", "/%61", "WEB-INF/b.wasm");

        assertThatThrownBy(() -> parameters(twice).programs())
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("two programs at /a");
    }
}
