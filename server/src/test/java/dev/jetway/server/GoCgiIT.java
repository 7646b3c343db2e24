package dev.jetway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs examples/go-cgi: Go's net/http/cgi with an ordinary http.Handler behind it. The module is
 * built by examples/go-cgi/build.sh, as in CI.
 */
@Timeout(120)
final class GoCgiIT {
    private static final Path EXAMPLE =
            Path.of("..", "examples", "go-cgi").toAbsolutePath().normalize();
    private static final Path MODULE = EXAMPLE.resolve("go-cgi.wasm");
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(MODULE) || System.getenv("CI") != null,
                "go-cgi.wasm is not here: run examples/go-cgi/build.sh");
        String routes =
                Files.readString(EXAMPLE.resolve("jetway.toml"))
                        .replace("\"go-cgi.wasm\"", "\"" + MODULE + "\"");
        server =
                TestServer.start(
                        folder,
                        routes,
                        TestServer.printing(folder, "/x", "Content-Type: text/plain\n\nx"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String post(String target, String type, byte[] body) throws Exception {
        HttpResponse<byte[]> response = server.post(target, type, body);
        return response.statusCode() + " " + new String(response.body(), UTF_8);
    }

    @Test
    void page_greets() throws Exception {
        HttpResponse<String> page = server.get("/go/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).contains("<p>Hello, world\n");
        assertThat(post("/go/", FORM, "name=J%C3%BCrgen+%3Cb%3E".getBytes(UTF_8)))
                .contains("<p>Hello, Jürgen &lt;b&gt;\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /go/request?a=1&a=2&b=%20x, 200",
        "PUT, /go/request, 200",
        "GET, /go/none, 404",
        "GET, /go/digest, 405",
        "DELETE, /go/, 405",
    })
    void request_hasTheStatusOfTheHandler(String method, String target, int status)
            throws Exception {
        var request = server.request(target).method(method, BodyPublishers.noBody()).build();

        assertThat(server.send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void request_reachesTheHandlerAsItWasSent() throws Exception {
        var request =
                server.request("/go/request?a=1&a=2&b=%20x").header("User-Agent", "it").build();

        assertThat(server.send(request).body())
                .isEqualToIgnoringNewLines(
                        "{\"agent\":\"it\",\"host\":\"%s\",\"method\":\"GET\",\"path\":\"/request\",\"query\":{\"a\":[\"1\",\"2\"],\"b\":[\" x\"]}}"
                                .formatted(server.server().uri().getAuthority()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 5_000_000})
    void body_arrivesByteForByte(int length) throws Exception {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) (i * 31 + i / 251);
        }
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));

        assertThat(post("/go/digest", "application/octet-stream", body))
                .isEqualTo("200 " + length + " " + digest + "\n");
    }

    /** Go's os.CreateTemp uses TMPDIR, which the route's scratch folder sets. */
    @ParameterizedTest
    @CsvSource({"1000, in memory", "20000000, in a temporary file"})
    void upload_isKeptWhereThereIsRoom(int length, String place) throws Exception {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n"
                        + "x".repeat(length)
                        + "\r\n--b--\r\n";

        assertThat(post("/go/upload", "multipart/form-data; boundary=b", form.getBytes(UTF_8)))
                .isEqualTo("200 a.bin: " + length + " bytes " + place + ", <nil>\n");
    }
}
