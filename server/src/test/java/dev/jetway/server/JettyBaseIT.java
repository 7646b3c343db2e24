package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stock Jetty with our module and others, and a web application beside our routes. */
@Timeout(180)
final class JettyBaseIT {
    /** The line of docs/jetty.md for addresses that Jetty refuses otherwise. */
    static final String ADDRESSES =
            "jetty.httpConfig.uriCompliance=DEFAULT,AMBIGUOUS_PATH_SEGMENT,"
                    + "AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_PARAMETER,AMBIGUOUS_PATH_ENCODING,"
                    + "AMBIGUOUS_EMPTY_SEGMENT,BAD_UTF8_ENCODING,TRUNCATED_UTF8_ENCODING,"
                    + "SUSPICIOUS_PATH_CHARACTERS,ILLEGAL_PATH_CHARACTERS";

    @TempDir private static Path base;
    private static JettyBase jetty;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        JettyBase.create(base, "http,http2c,requestlog,statistics,ee10-deploy,jetway");
        Path shop = Files.createDirectories(base.resolve("webapps/shop"));
        Files.writeString(shop.resolve("index.html"), "the shop\n");
        jetty = JettyBase.start(base, ADDRESSES, "jetway.metrics=/jetway-metrics");
    }

    @AfterAll
    static void stop() throws Exception {
        try (JettyBase running = jetty) {
            assertThat(running.stop()).as("ends when it is told to").isTrue();
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(jetty.uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    /** Serves other routes beside those of the archive; they are there when this returns. */
    private static void serve(String name, String routes) throws Exception {
        Path folder = base.resolve("etc/jetway");
        for (String guest : List.of("env.wasm", "cgi-probe.wasm", "hello.wasm")) {
            Files.copy(
                    TestServer.examples().resolve(guest),
                    folder.resolve(guest),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = \"/served-%s\"\nmodule = \"hello.wasm\"\n".formatted(name)
                        + routes);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/served-" + name).body().contains("Hello world"));
    }

    @ParameterizedTest
    @CsvSource({"/hello, 200, Hello world", "/shop/, 200, the shop", "/nowhere, 404, Not Found"})
    void eachRequestReachesWhatServesIt(String path, int status, String part) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(part);
    }

    @Test
    void theVariablesAreThoseOfOurOwnServer() throws Exception {
        List<List<String>> table;
        try (Stream<List<String>> rows = VariableCases.table()) {
            table = rows.toList();
        }
        int tried = 0;
        for (List<String> group :
                table.stream().map(row -> row.subList(0, 2)).distinct().toList()) {
            serve(
                    String.join("", group).replaceAll("\\W", "-"),
                    "[[module]]\nroute = \"%s\"\nmodule = \"env.wasm\"\ndialect = \"%s\"\n"
                            .formatted(group.get(1), group.get(0)));
            for (List<String> row : table) {
                if (row.subList(0, 2).equals(group)) {
                    VariableCases.holdsOverHttp1(jetty.uri(), row);
                    VariableCases.holdsOverHttp2(jetty.uri(), row);
                    tried++;
                }
            }
        }
        assertThat(tried).isEqualTo(table.size()).isGreaterThan(50);
    }

    @Test
    void aBrokenConfigurationLeavesTheLastOneServed() throws Exception {
        serve("before", "");
        Files.writeString(base.resolve("etc/jetway/modules.toml"), "[[module]\n");

        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> get("/served-before").statusCode() == 200);

        serve("after", "");
        assertThat(get("/served-before").statusCode()).isEqualTo(404);
    }

    @Test
    void largeBodiesPassInBothDirections() throws Exception {
        serve("bodies", "[[module]]\nroute = \"/probe\"\nmodule = \"cgi-probe.wasm\"\n");
        var body = new byte[3 << 20];
        HttpResponse<String> response =
                CLIENT.send(
                        HttpRequest.newBuilder(jetty.uri().resolve("/probe"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.body()).contains("\"length\":" + body.length);
    }

    @Test
    void metricsAreAtTheirPathOnly() throws Exception {
        get("/hello");

        await().untilAsserted(() ->
                assertThat(get("/jetway-metrics").body())
                        .contains("jetway_requests_total{site=\"default\",route=\"/hello\""));
        assertThat(get("/metrics").statusCode()).isEqualTo(404);
        assertThat(get("/jetway-metrics/x").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"12.0.30, true", "11.0.26, true", "12.1.5, false"})
    void aJettyThatIsTooOldIsNamed(String version, boolean refused) throws Exception {
        String said = JettyBase.startedAs(base, version);

        assertThat(said.contains("Module [jetway] specifies jetty version [12.1] which is newer"))
                .as(said)
                .isEqualTo(refused);
    }

    @Test
    void theRequestLogOfTheServerNamesOurRoutes() throws Exception {
        get("/hello?logged");

        await().untilAsserted(() -> assertThat(requestLog()).contains("GET /hello?logged HTTP"));
    }

    private static String requestLog() throws IOException {
        try (Stream<Path> logs = Files.list(base.resolve("logs"))) {
            Path log = logs.filter(f -> f.toString().contains("request")).findFirst().orElseThrow();
            return Files.readString(log);
        }
    }
}
