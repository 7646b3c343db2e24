package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.server.cli.JetwayCommand;
import dev.jetway.server.cli.LaunchEnvironment;
import dev.jetway.server.cli.StandardStreams;
import dev.jetway.server.tls.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Debian's docker-registry, with and without TLS and a password: push, inspect, pull, serve. */
@Timeout(120)
final class RegistryIT {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    @TempDir private Path folder;
    private @Nullable Process registry;
    private int port;

    @AfterEach
    void stop() throws InterruptedException {
        if (registry != null) {
            registry.destroy();
            registry.waitFor();
        }
    }

    private void start(boolean tls, boolean password) throws Exception {
        assumeTrue(Files.exists(PROGRAM), "docker-registry is not installed");
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var config = new StringBuilder();
        config.append("version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n")
                .append("    rootdirectory: " + folder.resolve("storage") + "\n")
                .append("http:\n  addr: 127.0.0.1:" + port + "\n");
        if (tls) {
            TestCertificate certificate = TestCertificate.make(folder, "RSA");
            Files.copy(certificate.certificate(), folder.resolve("ca.pem"));
            config.append("  tls:\n    certificate: " + certificate.certificate() + "\n")
                    .append("    key: " + certificate.key() + "\n");
        }
        if (password) {
            Files.writeString(
                    folder.resolve("htpasswd"),
                    "me:" + new BCryptPasswordEncoder(4).encode("secret") + "\n");
            config.append("auth:\n  htpasswd:\n    realm: r\n")
                    .append("    path: " + folder.resolve("htpasswd") + "\n");
        }
        Path file = Files.writeString(folder.resolve("config.yml"), config);
        registry =
                new ProcessBuilder(PROGRAM.toString(), "serve", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("registry.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(30)).until(this::listens);
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private record Run(int code, String out, String err) {}

    private Run jetway(String cache, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--registry-cache", folder.resolve(cache).toString()));
        if (Files.exists(folder.resolve("ca.pem"))) {
            arguments.addAll(List.of("--registry-ca", folder.resolve("ca.pem").toString()));
        }
        int code =
                JetwayCommand.run(
                        arguments.toArray(String[]::new),
                        new LaunchEnvironment(
                                Map.of("DOCKER_CONFIG", folder.toString()),
                                TestServer.examples(),
                                folder,
                                "1",
                                2,
                                false),
                        new StandardStreams(
                                InputStream.nullInputStream(),
                                OutputStream.nullOutputStream(),
                                OutputStream.nullOutputStream()),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        (first, source, to) -> {
                            throw new IllegalStateException("no server is started");
                        });
        return new Run(code, out.toString(), err.toString());
    }

    private void login(String password) throws IOException {
        String auth =
                Base64.getEncoder()
                        .encodeToString(("me:" + password).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"localhost:" + port + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    @ParameterizedTest(name = "TLS {0}, password {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aModule_isPushedInspectedPulledAndServedElsewhere(boolean tls, boolean password)
            throws Exception {
        start(tls, password);
        String reference = "oci://localhost:" + port + "/examples/hello:1";
        if (password) {
            assertThat(jetway("one", "push", "hello.wasm", reference).err())
                    .contains("docker login localhost:" + port);
            login("wrong");
            assertThat(jetway("one", "push", "hello.wasm", reference).err())
                    .contains("refuses the credentials");
            login("secret");
        }

        Run pushed = jetway("one", "push", "hello.wasm", reference);
        assertThat(pushed.err()).isEmpty();
        Run again = jetway("one", "push", "hello.wasm", reference);
        Run inspected = jetway("two", "inspect", reference);
        Run pulled = jetway("two", "pull", reference);

        assertThat(pushed.code()).isZero();
        assertThat(again).isEqualTo(pushed);
        String manifest = pushed.out().lines().toList().getLast().strip();
        assertThat(inspected.out())
                .contains(manifest.replace("manifest ", "manifest: "), "application/wasm", "wasip1")
                .contains("pulled: never");
        assertThat(pulled.err()).isEmpty();
        assertThat(pulled.out()).contains(manifest);
        assertThat(jetway("two", "inspect", reference).out()).contains("pulled: sha256:");
        stop();
        assertThatItIsServed(reference);
    }

    /** By a server that has the folder, and no registry any more. */
    private void assertThatItIsServed(String reference) throws Exception {
        try (TestServer server =
                TestServer.start(
                        folder,
                        "registry-cache = \"" + folder.resolve("two") + "\"\n",
                        "[[module]]\nroute = \"/hello\"\nmodule = \"" + reference + "\"\n")) {
            assertThat(server.get("/hello").statusCode()).isEqualTo(200);
        }
    }

    /** The commands of docs/registries.md, in turn; there {@code …} stands for any text. */
    @Test
    void theDocumentIsTrue() throws Exception {
        start(false, false);
        String document =
                Files.readString(Path.of("..", "docs", "registries.md"))
                        .replace("localhost:5000", "localhost:" + port);
        int begin = document.indexOf("```console\n") + "```console\n".length();
        String block = document.substring(begin, document.indexOf("```", begin));
        String[] steps = block.split("^\\$ |\n\\$ ", -1);

        assertThat(steps).hasSize(5);
        for (int i = 1; i < steps.length; i++) {
            List<String> lines = steps[i].strip().lines().toList();
            String[] words = lines.getFirst().split(" ", -1);
            assertThat(words[0]).isEqualTo("jetway");
            Run run = jetway("cache", Arrays.copyOfRange(words, 1, words.length));
            String expected = String.join("\n", lines.subList(1, lines.size())) + "\n";

            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .as(lines.getFirst())
                    .matches("\\Q" + expected.replace("…", "\\E.*\\Q") + "\\E");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, is not trusted", "false, 404"})
    void aRegistry_thatIsNotTrustedOrHasNothing_isTold(boolean tls, String told) throws Exception {
        start(tls, false);
        Files.deleteIfExists(folder.resolve("ca.pem"));

        Run pulled = jetway("one", "pull", "oci://localhost:" + port + "/a:1");

        assertThat(pulled.code()).isEqualTo(JetwayCommand.ERROR);
        assertThat(pulled.err()).contains("oci://localhost:" + port + "/a:1: ").contains(told);
    }
}
