package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All spellings of a path are one path: for routes, for access, for variables. */
@Timeout(60)
final class SpellingsIT {
    private static final String USERS =
            "alice:$2y$05$yLaywdkdHxxq42PQ7XfP0u3LrLNjAwKByzWEhNGFgltbFtC.yX4G6\n";

    private static final String ROUTES =
            """
            [[site.route]]
            path = "/..."
            module = "MODULE"
            encoded-slashes = "%1$s"
            [[site.route]]
            path = "/admin/..."
            module = "MODULE"
            encoded-slashes = "%1$s"
            auth = "basic"
            auth-file = "users"
            [[site.route]]
            path = "/exact"
            module = "MODULE"
            encoded-slashes = "%1$s"
            auth = "basic"
            auth-file = "users"
            [[site.route]]
            path = "/~alice/..."
            module = "MODULE"
            encoded-slashes = "%1$s"
            [[site.route]]
            path = "/café/..."
            module = "MODULE"
            [[site.route]]
            path = "/a b/..."
            module = "MODULE"
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("users"), USERS);
        String env = TestServer.examples().resolve("env.wasm").toString();
        var text = new StringBuilder();
        for (String slashes : List.of("refuse", "pass", "decode")) {
            text.append(
                            "[[site]]\nname = \"%1$s\"\nhosts = [\"%1$s.example\"]\n"
                                    .formatted(slashes))
                    .append(ROUTES.replace("MODULE", env).formatted(slashes));
        }
        server = TestServer.sites(folder, text.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Columns: site, target, Jetway's answer, Apache's. */
    static Stream<List<String>> table() throws Exception {
        Path table = Path.of("src/test/resources/dev/jetway/server/spellings.tsv");
        return Files.readAllLines(table).stream()
                .filter(l -> !l.startsWith("#"))
                .map(l -> List.of(l.split("\t", -1)));
    }

    private static String sent(String target) {
        return target.replace("\\xC3\\xA9", "\u00c3\u00a9");
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachSpellingHasItsAnswerOverHttp1(List<String> row) throws Exception {
        String answer =
                server.rawBytes(
                        "GET %s HTTP/1.1\r\nHost: %s.example\r\nConnection: close\r\n\r\n"
                                .formatted(sent(row.get(1)), row.get(0)));

        assertThat(shown(Integer.parseInt(answer.substring(9, 12)), TestServer.body(answer)))
                .isEqualTo(row.get(2));
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachSpellingHasTheSameAnswerOverHttp2(List<String> row) throws Exception {
        if (row.get(1).startsWith("http:")) {
            return;
        }
        RawHttp2.Answer answer =
                RawHttp2.send(
                        server.server().uri(), "GET", row.get(0) + ".example", sent(row.get(1)));

        assertThat(shown(answer.status(), answer.body())).isEqualTo(row.get(2));
    }

    private static String shown(int status, String body) {
        if (status != 200) {
            return Integer.toString(status);
        }
        Map<String, String> variables =
                body.lines()
                        .filter(l -> l.contains("="))
                        .collect(
                                Collectors.toMap(
                                        l -> l.substring(0, l.indexOf('=')),
                                        l -> l.substring(l.indexOf('=') + 1),
                                        (a, b) -> a));
        String script = escaped(variables.getOrDefault("SCRIPT_NAME", "-"));
        String info = escaped(variables.getOrDefault("PATH_INFO", "-"));
        return "200 " + (script.isEmpty() ? "\"\"" : script) + " " + info;
    }

    private static String escaped(String text) {
        var shown = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            if (b > ' ' && b < 0x7f && b != '\\') {
                shown.append((char) b);
            } else {
                shown.append("\\x%02x".formatted(b));
            }
        }
        return shown.toString();
    }

    @Test
    void theDocumentTellsHowManyRowsThereAreAndHowManyDiffer() throws Exception {
        long rows = table().count();
        long different = table().filter(row -> !row.get(2).equals(row.get(3))).count();

        assertThat(Files.readString(Path.of("..", "docs", "cgi.md")))
                .contains(rows + " spellings")
                .contains(different + " differ");
    }
}
