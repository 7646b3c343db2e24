package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of response heads, printed by a real guest and read from a socket. */
@Timeout(60)
final class ResponseTableIT {
    private static final Path TABLE =
            Path.of("..", "wagi-handler", "src", "test", "resources", "response-heads.tsv");

    @TempDir private static Path folder;
    private static TestServer server;
    private static HttpClient http2;

    @BeforeAll
    static void start() throws Exception {
        server =
                TestServer.start(
                        folder,
                        """
                        [[module]]
                        route = "/probe"
                        module = "cgi-probe.wasm"
                        dialect = "cgi"
                        """);
        http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    }

    @AfterAll
    static void stop() {
        http2.close();
        server.close();
    }

    /** Columns: block, status or reason, fields, source. */
    static Stream<List<String>> table() throws Exception {
        return Files.readAllLines(TABLE).stream()
                .filter(l -> !l.startsWith("#"))
                .map(l -> Stream.of(l.split("\t", -1)).map(ResponseTableIT::unescape).toList());
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachCaseHoldsOverASocket(List<String> row) throws Exception {
        byte[] output = (row.get(0) + "body").getBytes(StandardCharsets.UTF_8);
        String instruction = "chunk=3;stdout=" + Base64.getEncoder().encodeToString(output);
        var request = server.request("/probe").header("X-Probe", instruction).build();

        expect(row, server.send(request));
        expect(row, http2.send(request, BodyHandlers.ofString()));
    }

    private static void expect(List<String> row, HttpResponse<String> response) {
        if (row.get(1).startsWith("!")) {
            assertThat(response.statusCode()).isEqualTo(502);
            return;
        }
        assertThat(response.statusCode()).isEqualTo(Integer.parseInt(row.get(1)));
        assertThat(response.body()).isEqualTo("body");
        for (String field : row.get(2).split("\\|", -1)) {
            if (!field.isEmpty()) {
                int equals = field.indexOf('=');
                assertThat(response.headers().allValues(field.substring(0, equals)))
                        // Over HTTP/1.1 a tab within a value is sent as a space, which means the
                        // same.
                        .extracting(v -> v.replace('\t', ' '))
                        .contains(field.substring(equals + 1).replace('\t', ' '));
            }
        }
    }
}
