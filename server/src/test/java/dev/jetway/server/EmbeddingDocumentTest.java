package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/embedding.md are those that tests compile and run. */
final class EmbeddingDocumentTest {
    private static final Path PROJECT = Path.of("..");

    private static final List<String> SOURCES =
            List.of(
                    "wagi-handler/src/test/java/dev/jetway/jetty/embedding/EmbeddingExamples.java",
                    "servlet/src/test/java/dev/jetway/servlet/ServletExamples.java",
                    "server/src/test/java/dev/jetway/server/EmbeddingDocumentTest.java");

    /** Values that a reader sees, and the parameters of a test in their place. */
    private static final Map<String, String> PARAMETERS =
            Map.of(
                    "8080", "port",
                    "Path.of(\"hello.wasm\")", "hello",
                    "Path.of(\"env.wasm\")", "env",
                    "Path.of(\"data\")", "data",
                    "\"etc/jetway\"", "folder");

    @TempDir private Path folder;

    private static List<String> examples(String language) throws IOException {
        String text = Files.readString(PROJECT.resolve("docs/embedding.md"));
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String inOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void eachExampleInJavaIsCompiledByATest() throws IOException {
        var sources = new StringBuilder();
        for (String source : SOURCES) {
            sources.append(Files.readString(PROJECT.resolve(source)));
        }
        List<String> examples = examples("java");

        assertThat(examples).hasSize(4);
        for (String example : examples) {
            String compiled = example;
            for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
                compiled = compiled.replace(parameter.getKey(), parameter.getValue());
            }
            assertThat(inOneLine(sources.toString())).contains(inOneLine(compiled));
        }
    }

    @Test
    void theDescriptorIsThatOfATest() throws IOException {
        Matcher whole =
                Pattern.compile("<web-app[^>]*>(.*)</web-app>", Pattern.DOTALL)
                        .matcher(ServletIT.filter("cgi", "/probe", "cgi-probe.wasm"));

        assertThat(whole.find()).isTrue();
        assertThat(examples("xml"))
                .extracting(EmbeddingDocumentTest::inOneLine)
                .containsExactly(inOneLine(whole.group(1)));
    }

    private static Handler configured(String folder, Handler shop) {
        var handler = new JetwayHandler();
        handler.setConfiguration(folder);
        handler.setHandler(shop); // what no route takes
        return handler;
    }

    @Test
    @Timeout(60)
    void aConfigurationIsServedInSomebodysServer() throws Exception {
        Files.copy(TestServer.examples().resolve("hello.wasm"), folder.resolve("hello.wasm"));
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = \"/hello\"\nmodule = \"hello.wasm\"\n");
        var server = new Server(0);
        server.setHandler(configured(folder.toString(), new Shop()));
        server.start();
        try (var client = HttpClient.newHttpClient()) {
            for (var expected : Map.of("/hello", "Hello world\n", "/basket", "shop").entrySet()) {
                HttpRequest request =
                        HttpRequest.newBuilder(server.getURI().resolve(expected.getKey())).build();

                assertThat(client.send(request, BodyHandlers.ofString()).body())
                        .isEqualTo(expected.getValue());
            }
        } finally {
            server.stop();
        }
    }

    private static final class Shop extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, "shop", callback);
            return true;
        }
    }
}
