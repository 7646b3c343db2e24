package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stock Jetty whose connector is ours: the module {@code jetway-http}. */
@Timeout(180)
final class JettyConnectorIT {
    private static final String ROUTES =
            """
            [[route]]
            path = "/foo"
            module = "env.wasm"

            [[route]]
            path = "/hello"
            module = "hello.wasm"

            [[route]]
            path = "/probe"
            module = "cgi-probe.wasm"

            [[route]]
            path = "/endless"
            module = "endless.wat"
            time-limit = "3s"
            """;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private static Path base;
    private static JettyBase jetty;

    @BeforeAll
    static void start() throws Exception {
        JettyBase.create(base, "http,http2c,statistics,gzip,ee10-deploy,jetway,jetway-http");
        Path folder = base.resolve("etc/jetway");
        for (String guest : List.of("env.wasm", "cgi-probe.wasm")) {
            Files.copy(TestServer.examples().resolve(guest), folder.resolve(guest));
        }
        Files.writeString(
                folder.resolve("endless.wat"),
                "(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))");
        Files.writeString(folder.resolve("jetway.toml"), ROUTES);
        Path shop = Files.createDirectories(base.resolve("webapps/shop"));
        Files.writeString(shop.resolve("index.html"), "the shop\n");
        jetty = JettyBase.start(base, JettyBaseIT.ADDRESSES);
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(jetty.stop()).as("ends when it is told to").isTrue();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(jetty.uri().resolve(path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"/hello, 200, Hello world", "/shop/, 200, the shop", "/nowhere, 404, Not Found"})
    void eachRequestReachesWhatServesIt(String path, int status, String part) throws Exception {
        for (int i = 0; i < 50; i++) {
            HttpResponse<String> response = get(path);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).contains(part);
        }
    }

    @Test
    void theVariablesAreThoseOfOurOwnServer() throws Exception {
        List<List<String>> rows;
        try (Stream<List<String>> table = VariableCases.table()) {
            rows = table.filter(r -> r.subList(0, 2).equals(List.of("cgi", "/foo"))).toList();
        }
        for (List<String> row : rows) {
            VariableCases.holdsOverHttp1(jetty.uri(), row);
            VariableCases.holdsOverHttp2(jetty.uri(), row);
        }
        assertThat(rows).hasSizeGreaterThan(50);
    }

    @Test
    void largeBodiesPass() throws Exception {
        var body = new byte[3 << 20];
        HttpRequest posted = request("/probe").POST(BodyPublishers.ofByteArray(body)).build();

        assertThat(CLIENT.send(posted, BodyHandlers.ofString()).body())
                .contains("\"length\":" + body.length);
    }

    @Test
    void streamsOfOneConnectionDoNotWaitForEachOther() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpRequest hello = request("/hello").build();
            assertThat(client.send(hello, BodyHandlers.ofString()).version())
                    .isEqualTo(HttpClient.Version.HTTP_2);
            CompletableFuture<HttpResponse<String>> endless =
                    client.sendAsync(request("/endless").build(), BodyHandlers.ofString());
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(hello, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            }
            assertThat(endless).isNotDone();
            assertThat(endless.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(504);
        }
    }

    @Test
    void guestsThatDoNotEndHoldUpNeitherGuestsNorApplications() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> endless =
                Stream.generate(() ->
                                CLIENT.sendAsync(
                                        request("/endless").build(), BodyHandlers.ofString()))
                        .limit(8)
                        .toList();
        for (int i = 0; i < 20; i++) {
            assertThat(get("/hello").statusCode()).isEqualTo(200);
            assertThat(get("/shop/").statusCode()).isEqualTo(200);
        }
        assertThat(endless).noneMatch(CompletableFuture::isDone);
        for (CompletableFuture<HttpResponse<String>> one : endless) {
            assertThat(one.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(504);
        }
    }
}
