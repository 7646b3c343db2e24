package dev.jetway.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of variables as a real guest sees them, over HTTP/1.1 and HTTP/2. */
@Timeout(60)
final class VariableTableIT {
    @TempDir private static Path folder;

    /** A server for each pattern in each dialect: {@code /foo} would hide {@code /foo/...}. */
    private static final Map<String, TestServer> SERVERS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        for (String dialect : List.of("cgi", "wagi", "spin")) {
            List<String> more =
                    dialect.equals("spin")
                            ? List.of("/", "/u/:id", "/u/:id/p/:pic/...")
                            : List.of();
            for (String pattern :
                    Stream.concat(Stream.of("/...", "/foo", "/foo/..."), more.stream()).toList()) {
                // A server reads its files again when they change: a folder each.
                Path own = Files.createDirectories(folder.resolve("server-" + SERVERS.size()));
                SERVERS.put(
                        dialect + " " + pattern,
                        TestServer.start(
                                own,
                                "[[module]]\nroute = \"%s\"\nmodule = \"env.wasm\"\ndialect = \"%s\"\n"
                                        .formatted(pattern, dialect)));
            }
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(TestServer::close);
    }

    static Stream<List<String>> table() throws Exception {
        return VariableCases.table();
    }

    private static URI server(List<String> row) {
        return Objects.requireNonNull(SERVERS.get(row.get(0) + " " + row.get(1))).server().uri();
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachCaseHoldsOverHttp1(List<String> row) throws Exception {
        VariableCases.holdsOverHttp1(server(row), row);
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachCaseHoldsOverHttp2(List<String> row) throws Exception {
        VariableCases.holdsOverHttp2(server(row), row);
    }
}
