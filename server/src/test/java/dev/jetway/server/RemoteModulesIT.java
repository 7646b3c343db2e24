package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.registry.Digest;
import dev.jetway.server.registry.FakeRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes whose modules other machines have, in all formats, and when those machines are away. */
@Timeout(120)
final class RemoteModulesIT {
    @TempDir private Path folder;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    /** A module in text form that prints a word. */
    private static byte[] printing(String word) {
        String head = "Content-Type: text/plain\\n\\n";
        return """
        (module
          (import "wasi_snapshot_preview1" "fd_write"
            (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 16) "%s%s")
          (func (export "_start")
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (i32.const %d))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
        """
                .formatted(head, word, 26 + word.length())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String settings(String more) {
        return "registry-cache = \"" + folder.resolve("pulled") + "\"\n" + more;
    }

    private String native1(String path, String module) {
        return "[[route]]\npath = \"" + path + "\"\nmodule = \"" + module + "\"\n";
    }

    private static String local() {
        return "[[module]]\nroute = \"/local\"\nmodule = \"hello.wasm\"\n";
    }

    private static HttpResponse<String> await200(TestServer server, String path) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> server.get(path), answer -> answer.statusCode() == 200);
    }

    @Test
    void routes_ofModulesTomlAndJetwayToml_runThem() throws Exception {
        Digest manifest = registry.module("a/wagi", "1", printing("wagi"));
        registry.module("a/native", "latest", printing("native"));
        registry.file("/x.wasm", printing("web"));
        String web = "http://" + registry.host() + "/x.wasm@" + Digest.of(printing("web"));
        try (TestServer server =
                TestServer.start(
                        folder,
                        settings(
                                native1("/native", "oci://" + registry.host() + "/a/native")
                                        + native1("/web", web)),
                        "[[module]]\nroute = \"/wagi\"\nmodule = \"oci:"
                                + registry.host()
                                + "/a/wagi:1@"
                                + manifest
                                + "\"\n")) {
            assertThat(await200(server, "/wagi").body()).isEqualTo("wagi");
            assertThat(await200(server, "/native").body()).isEqualTo("native");
            assertThat(await200(server, "/web").body()).isEqualTo("web");
        }
    }

    @Test
    void routes_ofSpinToml_runThem() throws Exception {
        registry.file("/m/x.wasm", printing("spin"));
        Files.writeString(
                folder.resolve("spin.toml"),
                """
                spin_manifest_version = 2
                [application]
                name = "a"
                [[trigger.http]]
                route = "/s"
                component = "c"
                executor = { type = "wagi" }
                [component.c]
                source = { url = "http://%s/m/x.wasm", digest = "%s" }
                """
                        .formatted(registry.host(), Digest.of(printing("spin"))));
        Optional<Path> state = Optional.of(folder.resolve("state"));
        var reader =
                new ConfigurationReader(
                        folder, 2, state, new SpinInputs(Map.of(), folder, state, false));
        try (TestServer server = TestServer.spin(folder, reader)) {
            assertThat(await200(server, "/s").body()).isEqualTo("spin");
        }
    }

    @Test
    void handlers_runScriptsByThem() throws Exception {
        registry.module("a/interpreter", "1", printing("script"));
        Path site = Files.createDirectories(folder.resolve("sites/one/public"));
        Files.writeString(site.resolve("x.scr"), "");
        try (TestServer server =
                TestServer.withTop(
                        folder,
                        "sites = \"sites/*\"\ndefault-site = \"one\"\n",
                        settings(
                                "[handler.scr]\nmodule = \"oci://"
                                        + registry.host()
                                        + "/a/interpreter:1\"\nextensions = [\"scr\"]\n"))) {
            assertThat(await200(server, "/x.scr").body()).isEqualTo("script");
        }
    }

    @Test
    void registry_thatIsAwayAtTheStart_leavesOtherRoutesAloneAndIsAskedAgain() throws Exception {
        int port = registry.port();
        registry.close();
        try (TestServer server =
                TestServer.start(
                        folder,
                        settings(native1("/a", "oci://127.0.0.1:" + port + "/a:1")),
                        local())) {
            assertThat(server.get("/local").statusCode()).isEqualTo(200);
            HttpResponse<String> away = server.get("/a");
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            assertThat(away.body()).doesNotContain("127.0.0.1:" + port);

            registry = new FakeRegistry(port);
            registry.module("a", "1", printing("back"));

            assertThat(await200(server, "/a").body()).isEqualTo("back");
        }
    }

    @Test
    void start_withoutTheNetwork_runsWhatWasPulledBefore() throws Exception {
        registry.module("a", "1", printing("kept"));
        String settings = settings(native1("/a", "oci://" + registry.host() + "/a:1"));
        try (TestServer server = TestServer.start(folder, settings, local())) {
            assertThat(await200(server, "/a").body()).isEqualTo("kept");
        }
        registry.close();
        try (TestServer server = TestServer.start(folder, settings, local())) {
            assertThat(server.get("/a").body()).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @CsvSource({"follow, new", "refuse, old"})
    void tag_thatMoves_isFollowedOrRefusedAtAReload(String answer, String word) throws Exception {
        registry.module("a", "1", printing("old"));
        registry.module("b", "1", printing("old"));
        String settings =
                settings(
                        "moved-tags = \""
                                + answer
                                + "\"\n"
                                + native1("/a", "oci://" + registry.host() + "/a:1"));
        try (TestServer server = TestServer.start(folder, settings, local())) {
            await200(server, "/a");
            registry.module("a", "1", printing("new"));
            int before = registry.count("/v2/a/manifests/1");
            server.reload(folder);
            await().until(() -> registry.count("/v2/a/manifests/1") > before);

            assertThat(
                            await().atMost(Duration.ofSeconds(60))
                                    .until(
                                            () -> server.get("/a").body(),
                                            body -> body.equals(word)))
                    .isEqualTo(word);
        }
    }

    @Test
    void tenants_nameNoModulesOfOtherMachines() throws Exception {
        registry.module("a", "1", printing("a"));
        Path site = Files.createDirectories(folder.resolve("sites/one"));
        Files.createDirectories(site.resolve("public"));
        Files.writeString(
                site.resolve("site.toml"),
                "[[route]]\npath = \"/a\"\nmodule = \"oci://" + registry.host() + "/a:1\"\n");
        try (TestServer server =
                TestServer.withTop(
                        folder, "sites = \"sites/*\"\ndefault-site = \"one\"\n", settings(""))) {
            assertThat(server.get("/a").statusCode()).isNotEqualTo(200);
            assertThat(registry.count("/v2/a/manifests/1")).isZero();
        }
    }
}
