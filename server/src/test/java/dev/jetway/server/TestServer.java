package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.server.admin.ReloadHandler;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.ListenAddress;
import dev.jetway.server.config.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The real server on free ports, with a configuration folder of a test. */
public final class TestServer implements AutoCloseable {
    /** Compiled modules are shared by all tests of a build, as by all servers of a machine. */
    private static final ModuleCache MODULES =
            new ModuleCache(
                    ModuleCacheSettings.in(
                            Optional.of(Path.of("target", "test-modules").toAbsolutePath()), 2));

    private final JetwayServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(JetwayServer server) {
        this.server = server;
    }

    /** The folder of the example guests. */
    public static Path examples() {
        return Path.of("..", "examples", "cgi-wasm").toAbsolutePath().normalize();
    }

    /** Serves a {@code modules.toml} with a text; {@code settings} go below {@code [server]}. */
    static TestServer start(Path folder, String settings, String modules) throws Exception {
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[server]\nlisten = \"127.0.0.1:0\"\nadmin-listen = \"127.0.0.1:0\"\n" + settings);
        Files.writeString(folder.resolve("modules.toml"), modules);
        return start(folder);
    }

    static TestServer start(Path folder, String modules) throws Exception {
        return start(folder, "", modules);
    }

    private static TestServer start(Path folder) throws Exception {
        return start(folder, MODULES);
    }

    /** Serves a {@code jetway.toml} with a text, with modules of its own. */
    static TestServer start(Path folder, String text, ModuleCache modules) throws Exception {
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[server]\nlisten = \"127.0.0.1:0\"\nadmin-listen = \"127.0.0.1:0\"\n" + text);
        return start(folder, modules);
    }

    /** Serves a {@code jetway.toml} with these keys at its top. */
    static TestServer withTop(Path folder, String top) throws Exception {
        return withTop(folder, top, "");
    }

    /** Serves such a {@code jetway.toml} with settings at the end of {@code [server]}. */
    static TestServer withTop(Path folder, String top, String settings) throws Exception {
        Files.writeString(
                folder.resolve("jetway.toml"),
                top
                        + "[server]\nlisten = \"127.0.0.1:0\"\nadmin-listen = \"127.0.0.1:0\"\n"
                        + settings);
        return start(folder, MODULES);
    }

    private static TestServer start(Path folder, ModuleCache modules) throws Exception {
        ConfigurationSource source = () -> new ConfigurationReader(examples(), 2).read(folder);
        return new TestServer(JetwayServer.start(source.read(), source, modules));
    }

    /** Serves the {@code spin.toml} of a folder. */
    static TestServer spin(Path folder, ConfigurationReader reader) throws Exception {
        var any = new ListenAddress("127.0.0.1", 0);
        ConfigurationSource source =
                () -> {
                    Configuration read = reader.read(folder.resolve("spin.toml"));
                    ServerSettings server = read.server();
                    return read.withServer(
                            server.with(server.listen().withAddress(any).withAdmin(any)));
                };
        return new TestServer(JetwayServer.start(source.read(), source, MODULES));
    }

    /** A {@code [[module]]} for a guest in text form, which is written beside the configuration. */
    static String guest(Path folder, String route, String text) throws IOException {
        String name = route.replaceAll("\\W", "") + ".wat";
        Files.writeString(folder.resolve(name), text);
        return "[[module]]\nroute = \"" + route + "\"\nmodule = \"" + folder.resolve(name) + "\"\n";
    }

    /** A guest that prints exactly these bytes in one write. */
    static String printing(Path folder, String route, String output) throws IOException {
        var escaped = new StringBuilder();
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            escaped.append(String.format("\\%02x", b));
        }
        return guest(
                folder,
                route,
                """
                (module
                  (import "wasi_snapshot_preview1" "fd_write"
                    (func $fd_write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 16) "%s")
                  (func (export "_start")
                    (i32.store (i32.const 0) (i32.const 16))
                    (i32.store (i32.const 4) (i32.const %d))
                    (drop (call $fd_write
                      (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
                """
                        .formatted(escaped, bytes.length));
    }

    /** Serves the current files of the folder. */
    ReloadReport reload(Path folder) throws Exception {
        return server.served().reload(new ConfigurationReader(examples(), 2).read(folder));
    }

    /** The configuration as it is served. */
    ServedConfiguration served() {
        return server.served();
    }

    JetwayServer server() {
        return server;
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return client.send(request(target).build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> post(String target, String type, byte[] body)
            throws IOException, InterruptedException {
        return client.send(
                request(target)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> stream(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofInputStream());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(server.uri().resolve(target));
    }

    String admin(String target) throws IOException, InterruptedException {
        URI uri = server.adminUri().resolve(target);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    /** Sends a POST to the admin listener, as the command line does. */
    HttpResponse<String> postAdmin(String target) throws IOException, InterruptedException {
        URI uri = server.adminUri().resolve(target);
        return send(
                HttpRequest.newBuilder(uri)
                        .header(ReloadHandler.MARK, "1")
                        .POST(BodyPublishers.noBody())
                        .build());
    }

    /** Sends bytes unchanged and reads until the server closes. */
    String raw(String request) throws IOException {
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sends bytes unchanged and reads until the server closes, one character for each byte. */
    String rawBytes(String request) throws IOException {
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The body of an answer without its chunks. */
    static String body(String answer) {
        int end = answer.indexOf("\r\n\r\n") + 4;
        if (!answer.substring(0, end).contains("Transfer-Encoding: chunked")) {
            return answer.substring(end);
        }
        var body = new StringBuilder();
        for (int at = end; at < answer.length(); ) {
            int line = answer.indexOf("\r\n", at);
            int size = Integer.parseInt(answer.substring(at, line), 16);
            body.append(answer, line + 2, line + 2 + size);
            at = line + 4 + size;
        }
        return body.toString();
    }

    /** Serves a {@code jetway.toml} with a text and no {@code [server]}. */
    static TestServer sites(Path folder, String text) throws Exception {
        return start(folder, text, MODULES);
    }

    /** Closes the server and checks that every guest that was told to end has ended. */
    @Override
    public void close() {
        try {
            assertThat(admin("/metrics")).contains("jetway_overdue_guests 0.0\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            client.close();
            server.close();
        }
    }
}
