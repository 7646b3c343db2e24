package dev.jetway.jetty.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.embedding.ProgramRoute;
import dev.jetway.embedding.Programs;
import dev.jetway.embedding.RunLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's own Jetty server with our handler. */
@Timeout(60)
final class WagiHandlerTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "cgi-wasm");
    private static final Path HELLO = EXAMPLES.resolve("hello.wasm");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir private Path data;

    private static final class Shop extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.write(
                    true, ByteBuffer.wrap("the shop".getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
    }

    private static HttpResponse<String> get(Server server, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.getURI().resolve(path)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void threeLinesServeAProgram() throws Exception {
        Server server = EmbeddingExamples.threeLines(0, HELLO);
        try {
            assertThat(get(server, "/hello").body()).isEqualTo("Hello world\n");
            assertThat(get(server, "/nothing").statusCode()).isEqualTo(404);
        } finally {
            server.stop();
        }
    }

    @Test
    void severalProgramsStandBeforeAnotherHandler() throws Exception {
        Server server =
                EmbeddingExamples.severalPrograms(
                        0, HELLO, EXAMPLES.resolve("env.wasm"), data, new Shop());
        try {
            assertThat(get(server, "/hello").body()).isEqualTo("Hello world\n");
            assertThat(get(server, "/env/x?y").body())
                    .contains("GREETING=hello\n", "PATH_INFO=/x\n", "QUERY_STRING=y\n");
            assertThat(get(server, "/basket").body()).isEqualTo("the shop");
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerMayBeStartedAgain() throws Exception {
        Server server = EmbeddingExamples.threeLines(0, HELLO);
        server.stop();
        server.start();
        try {
            assertThat(get(server, "/hello").statusCode()).isEqualTo(200);
        } finally {
            server.stop();
        }
    }

    @Test
    void aModuleThatCannotBeRunFailsTheStartAndIsNamed() throws Exception {
        Path broken = Files.writeString(data.resolve("broken.wasm"), "no module");

        assertThatThrownBy(() -> EmbeddingExamples.threeLines(0, broken))
                .hasMessageContaining("the program at /hello cannot be served")
                .hasMessageContaining("broken.wasm");
        assertThatThrownBy(() -> EmbeddingExamples.threeLines(0, data.resolve("none.wasm")))
                .hasMessageContaining("none.wasm");
    }

    @Test
    void aBodyMayHaveTheLimitAndNotAByteMore() throws Exception {
        var programs =
                Programs.of("/a", HELLO)
                        .with(
                                ProgramRoute.of("/probe", EXAMPLES.resolve("cgi-probe.wasm"))
                                        .with(RunLimits.DEFAULT.withRequestBody(100_000)));
        var server = new Server(0);
        server.setHandler(new WagiHandler(programs));
        server.start();
        try {
            assertThat(post(server, 100_000).body()).contains("\"length\":100000");
            assertThat(post(server, 100_001).statusCode()).isEqualTo(413);
        } finally {
            server.stop();
        }
    }

    private static HttpResponse<String> post(Server server, int length) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.getURI().resolve("/probe"))
                        .POST(BodyPublishers.ofByteArray(new byte[length]))
                        .build(),
                BodyHandlers.ofString());
    }
}
