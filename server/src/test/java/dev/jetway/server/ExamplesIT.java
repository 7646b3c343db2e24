package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.program.LoadState;
import dev.jetway.server.program.RouteStatus;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample configuration as a newcomer sees it. */
@Timeout(60)
final class ExamplesIT {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Path conf = TestServer.examples().resolve("../../conf").normalize();
        Files.createDirectory(folder.resolve("data"));
        String modules =
                Files.readString(conf.resolve("modules.toml"))
                        .replace("../examples/cgi-wasm", TestServer.examples().toString());
        server = TestServer.start(folder, modules);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theSampleConfigurationHasNoWarnings() throws Exception {
        Path root = TestServer.examples().resolve("../..").normalize();

        assertThat(new ConfigurationReader(root, 2).read(Path.of("conf")).warnings()).isEmpty();
    }

    @Test
    void everyRouteIsReady() {
        assertThat(server.served().routes())
                .isNotEmpty()
                .allMatch(r -> r.state() instanceof LoadState.Loaded);
    }

    @Test
    void theIndexLinksToEachExample() throws Exception {
        String page = server.get("/").body();

        assertThat(page).startsWith("<!DOCTYPE html>");
        for (RouteStatus loaded : server.served().routes()) {
            String path = loaded.configured().route().pattern().path();
            assertThat(page).contains("href=\"" + path);
        }
    }

    @Test
    void theHellosGreet() throws Exception {
        assertThat(server.get("/hello").body()).isEqualTo("Hello world\n");
        assertThat(server.get("/hello-wat").body()).isEqualTo("Hello, text world\n");
    }

    @Test
    void envShowsItsVariablesSorted() throws Exception {
        List<String> names =
                server.get("/env/x")
                        .body()
                        .lines()
                        .map(l -> l.substring(0, l.indexOf('=')))
                        .filter(n -> !n.startsWith("argv"))
                        .toList();

        assertThat(names).contains("GREETING", "PATH_INFO").isSorted();
    }

    @Test
    void echoShowsTheRequest() throws Exception {
        byte[] body = "some body".getBytes(StandardCharsets.UTF_8);
        String shown =
                new String(server.post("/echo", "text/x", body).body(), StandardCharsets.UTF_8);

        assertThat(shown)
                .startsWith("POST\n")
                .contains("CONTENT_TYPE: text/x\n", "CONTENT_LENGTH: 9\n")
                .endsWith("\n\nsome body");
    }

    @Test
    void theFormShowsTheSentValues() throws Exception {
        assertThat(server.get("/form").body()).contains("<form method=\"post\" action=\"/form\">");

        byte[] body = "name=J%C3%BCrgen+%3Cb%3E&message=a%26b%0Ac".getBytes(StandardCharsets.UTF_8);
        String page = new String(server.post("/form", FORM, body).body(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("<dt>name<dd>Jürgen &lt;b&gt;", "<dt>message<dd>a&amp;b\nc")
                .doesNotContain("<b>");
    }

    @Test
    void theFormRefusesOtherMediaTypes() throws Exception {
        assertThat(server.post("/form", "text/plain", new byte[0]).statusCode()).isEqualTo(415);
        assertThat(server.post("/form", FORM, new byte[65_536]).statusCode()).isEqualTo(200);
        assertThat(server.post("/form", FORM, new byte[65_537]).statusCode()).isEqualTo(413);
    }

    @Test
    void theCounterCounts() throws Exception {
        String first = server.get("/counter").body();
        String second = server.get("/counter").body();

        assertThat(first).isEqualTo("This page was shown 1 time.\n");
        assertThat(second).isEqualTo("This page was shown 2 times.\n");
        assertThat(folder.resolve("data/count")).hasContent("2");
    }

    @Test
    void aLineOfTheSlowStreamArrivesBeforeTheNextIsPrinted() throws Exception {
        HttpResponse<InputStream> response =
                server.stream(server.request("/slow-stream?n=2").build());
        var arrivals = new ArrayList<Long>();
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                arrivals.add(System.nanoTime());
            }
        }

        assertThat(arrivals).hasSize(2);
        assertThat(arrivals.get(1) - arrivals.get(0))
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void theCommittedBinariesMatchTheirSources() throws Exception {
        Process check =
                new ProcessBuilder(TestServer.examples().resolve("build.sh").toString(), "--check")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = check.waitFor();

        // 3: this machine has no toolchain for guests; .ci/run installs one.
        Assumptions.assumeTrue(code != 3, said);
        assertThat(said).isEmpty();
        assertThat(code).isZero();
    }
}
