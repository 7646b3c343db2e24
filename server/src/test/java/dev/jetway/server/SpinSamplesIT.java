package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests in the shapes that Spin's repository, templates and documentation have. */
@Timeout(300)
final class SpinSamplesIT {
    private static final Path PHP =
            Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm").toAbsolutePath().normalize();

    private static final int CREATE = 1;
    private static final int READ = 2;
    private static final int READ_WRITE = 66;
    private static final String NO_ENTRY = "44";
    private static final String READ_ONLY = "69";

    @TempDir private Path folder;

    private Path app = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        app = Files.createDirectory(folder.resolve("app"));
    }

    private void copy(String guest, String name) throws IOException {
        Path to = app.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(TestServer.examples().resolve(guest), to);
    }

    /** A guest that prints the content of a file below descriptor 3, or the number of an error. */
    private void opening(String name, String path, int flags, String entrypoint)
            throws IOException {
        Files.writeString(
                app.resolve(name),
                """
                (module
                  (import "wasi_snapshot_preview1" "path_open"
                    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "fd_read"
                    (func $fd_read (param i32 i32 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "fd_write"
                    (func $fd_write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 64) "Content-Type: text/plain\\0a\\0a")
                  (data (i32.const 128) "%1$s")
                  (func (export "%4$s") (local $errno i32)
                    (local.set $errno (call $path_open (i32.const 3) (i32.const 1)
                      (i32.const 128) (i32.const %2$d) (i32.const %3$d) (i64.const %5$d) (i64.const 0)
                      (i32.const 0) (i32.const 40)))
                    (i32.store (i32.const 0) (i32.const 64))
                    (i32.store (i32.const 4) (i32.const 26))
                    (i32.store (i32.const 8) (i32.const 2048))
                    (i32.store (i32.const 12) (i32.const 1024))
                    (if (local.get $errno)
                      (then
                        (i32.store (i32.const 12) (i32.const 2))
                        (i32.store8 (i32.const 2048)
                          (i32.add (i32.const 48) (i32.div_u (local.get $errno) (i32.const 10))))
                        (i32.store8 (i32.const 2049)
                          (i32.add (i32.const 48) (i32.rem_u (local.get $errno) (i32.const 10)))))
                      (else
                        (drop (call $fd_read (i32.load (i32.const 40)) (i32.const 8) (i32.const 1)
                          (i32.const 44)))
                        (i32.store (i32.const 12) (i32.load (i32.const 44)))))
                    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 48)))))
                """
                        .formatted(
                                path,
                                path.length(),
                                flags,
                                entrypoint,
                                flags == 0 ? READ : READ_WRITE));
    }

    private void write(String name, String text) throws IOException {
        Path file = app.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private TestServer serve(String manifest) throws Exception {
        return serve(manifest, Map.of());
    }

    private TestServer serve(String manifest, Map<String, String> environment) throws Exception {
        Files.writeString(app.resolve("spin.toml"), manifest);
        return TestServer.spin(app, reader(environment));
    }

    private ConfigurationReader reader(Map<String, String> environment) {
        Optional<Path> state = Optional.of(folder.resolve("state"));
        return new ConfigurationReader(
                app, 2, state, new SpinInputs(environment, app, state, false));
    }

    private List<Problem> warnings() throws ConfigurationException {
        return reader(Map.of()).read(Path.of("spin.toml")).warnings();
    }

    @Test
    void theTestOfSpinsRepository_inlineComponent() throws Exception {
        copy("env.wasm", "integration-wagi.wasm");
        String manifest =
                """
                spin_manifest_version = 2

                [application]
                authors = ["A. Author <author@example.org>"]
                description = "Test using WAGI HTTP."
                name = "wagi-http"
                version = "1.0.0"

                [[trigger.http]]
                route = "/..."
                executor = { type = "wagi" }
                [trigger.http.component]
                source = "integration-wagi.wasm"
                """;
        try (var server = serve(manifest)) {
            assertThat(server.get("/assert-args?x=y").body().lines())
                    .contains("argv[0]=/assert-args", "argv[1]=x=y", "PATH_INFO=/assert-args")
                    .noneMatch(line -> line.startsWith("argv[2]"));
            assertThat(server.get("/").body().lines()).contains("argv[0]=/", "argv[1]=");
            assertThat(
                            server.send(
                                            server.request("/assert-env")
                                                    .header("X-Custom-Foo", "bar")
                                                    .build())
                                    .body()
                                    .lines())
                    .contains("HTTP_X_CUSTOM_FOO=bar", "X_MATCHED_ROUTE=/...");
        }
    }

    @Test
    void theTemplatesForCZigAndGrain_sourceBesideTheManifestAndABuild() throws Exception {
        copy("hello.wasm", "main.wasm");
        String manifest =
                """
                #:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json

                spin_manifest_version = 2

                [application]
                name = "hello-c"
                version = "0.1.0"
                authors = ["A. Author <author@example.org>"]
                description = ""

                [[trigger.http]]
                route = "/hello"
                component = "hello-c"
                executor = { type = "wagi" }

                [component.hello-c]
                source = "main.wasm"
                allowed_outbound_hosts = []
                [component.hello-c.build]
                command = "zig build-exe -O ReleaseSmall -target wasm32-wasi main.c -lc"
                watch = ["**/*.c"]
                """;
        try (var server = serve(manifest)) {
            assertThat(server.get("/hello").body()).isEqualTo("Hello world\n");
            assertThat(server.get("/hello/").body()).isEqualTo("Hello world\n");
            assertThat(server.get("/hello/x").statusCode()).isEqualTo(404);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void version1_baseFilesArgvAndEnvironmentOfAnInterpreter() throws Exception {
        copy("env.wasm", "lib/ruby-env.wasm");
        write("lib/env.rb", "puts 1");
        String manifest =
                """
                spin_version = "1"
                authors = ["A. Author <author@example.org>"]
                description = "A Ruby program"
                name = "spin-wagi-ruby"
                trigger = { type = "http", base = "/base" }
                version = "1.0.0"

                [variables]
                gems = { default = "/gems" }

                [[component]]
                id = "ruby"
                source = "lib/ruby-env.wasm"
                files = [{ source = "lib", destination = "/" }]
                [component.environment]
                GEM_HOME = "{{ gems }}/1"
                HTTP_X = "own"
                [component.trigger]
                route = "/ruby/:name/..."
                executor = { type = "wagi", argv = "${SCRIPT_NAME} -v /env.rb ${SCRIPT_NAME} ${ARGS}" }
                [component.build]
                command = "make"
                """;
        try (var server = serve(manifest, Map.of("SPIN_VARIABLE_GEMS", "/usr/gems"))) {
            assertThat(server.get("/base/ruby/ada/x%20y?a=1&b").body().lines())
                    .contains(
                            "GEM_HOME=/usr/gems/1",
                            "argv[0]=/base/ruby/ada/x%20y",
                            "argv[1]=-v",
                            "argv[2]=/env.rb",
                            "argv[3]=/base/ruby/ada/x%20y",
                            "argv[4]=a=1",
                            "argv[5]=b",
                            "PATH_INFO=/x%20y",
                            "SCRIPT_NAME=/base/ruby/:name",
                            "X_BASE_PATH=/base",
                            "X_COMPONENT_ROUTE=/ruby/:name",
                            "X_PATH_MATCH_NAME=ada",
                            "X_RAW_COMPONENT_ROUTE=/ruby/:name/...")
                    .noneMatch(line -> line.startsWith("REDIRECT_") || line.contains("DOCUMENT"));
        }
    }

    @Test
    void theTestOfSpinsLoader_version1WithAnEntrypointAndAllFiles() throws Exception {
        opening("dummy.wat", "assets/x.txt", 0, "custom-entrypoint");
        write("assets/x.txt", "in a volume");
        String manifest =
                """
                name = "spin-wagi-custom-entrypoint"
                spin_version = "1"
                version = "1.0.0"
                authors = [ "A. Author <author@example.org>" ]
                trigger = { type = "http" }

                [[component]]
                source = "dummy.wat"
                id = "fs"
                files = ["**/*"]

                [component.trigger]
                route = "/hello"
                executor =  { type = "wagi", entrypoint = "custom-entrypoint" }
                """;
        try (var server = serve(manifest)) {
            assertThat(server.get("/hello").body()).isEqualTo("in a volume");
        }
    }

    @Test
    void files_areReadOnlyCopiesWithoutWhatIsExcluded() throws Exception {
        opening("read.wat", "assets/a.txt", 0, "_start");
        opening("excluded.wat", "assets/secret/key.txt", 0, "_start");
        opening("manifest.wat", "spin.toml", 0, "_start");
        opening("create.wat", "assets/new.txt", CREATE, "_start");
        opening("above.wat", "../app/spin.toml", 0, "_start");
        write("assets/a.txt", "first");
        write("assets/secret/key.txt", "key");
        var manifest = new StringBuilder("spin_manifest_version = 2\n");
        for (String name : new String[] {"read", "excluded", "manifest", "create", "above"}) {
            manifest.append(
                    """
                    [[trigger.http]]
                    route = "/%1$s"
                    component = "%1$s"
                    executor = { type = "wagi" }
                    [component.%1$s]
                    source = "%1$s.wat"
                    files = ["assets/**/*"]
                    exclude_files = ["assets/secret/*"]
                    """
                            .formatted(name));
        }
        try (var server = serve(manifest.toString())) {
            assertThat(server.get("/read").body()).isEqualTo("first");
            assertThat(server.get("/excluded").body()).isEqualTo(NO_ENTRY);
            assertThat(server.get("/manifest").body()).isEqualTo(NO_ENTRY);
            assertThat(server.get("/create").body()).isEqualTo(READ_ONLY);
            assertThat(server.get("/above").body()).hasSize(2);
            assertThat(app.resolve("assets/new.txt")).doesNotExist();

            write("assets/a.txt", "changed");
            assertThat(server.get("/read").body()).isEqualTo("first");
            server.server().reload();
            assertThat(server.get("/read").body()).isEqualTo("changed");
        }
    }

    @Test
    void aMixedApplication_theWagiProgramIsServedAndTheRestAnswers503() throws Exception {
        copy("env.wasm", "wagi.wasm");
        copy("hello.wasm", "http.wasm");
        Files.write(app.resolve("p2.wasm"), new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
        String manifest =
                """
                spin_manifest_version = 2
                [application]
                name = "mixed"
                [[trigger.http]]
                route = "/env/..."
                component = "env"
                executor = { type = "wagi" }
                [[trigger.http]]
                route = "/..."
                component = "env"
                executor = { type = "wagi", argv = "fallback" }
                [[trigger.http]]
                route = "/http/..."
                component = "http"
                [[trigger.http]]
                route = "/p2"
                component = "p2"
                executor = { type = "wagi" }
                [[trigger.http]]
                route = "/url"
                component = "url"
                executor = { type = "wagi" }
                [component.env]
                source = "wagi.wasm"
                environment = { TEST_NAME = "test value" }
                [component.http]
                source = "http.wasm"
                [component.p2]
                source = "p2.wasm"
                [component.url]
                source = { url = "https://modules.invalid/x.wasm", digest = "sha256:%s" }
                """
                        .formatted("0".repeat(64));
        try (var server = serve(manifest)) {
            assertThat(server.get("/env/x").body())
                    .contains("TEST_NAME=test value", "PATH_INFO=/x");
            assertThat(server.get("/x").body()).contains("argv[0]=fallback");
            for (String path : new String[] {"/http", "/http/x", "/p2", "/p2/", "/url"}) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.body()).doesNotContain(app.toString());
            }
        }
        assertThat(warnings().toString())
                .contains(
                        "spin.toml:12: warning: the component 'http' needs the component model",
                        "spin.toml:29: warning: 'p2.wasm' is a component (WASI preview 2)");
    }

    @ParameterizedTest
    @CsvSource({"/healthz", "/.well-known/spin/health"})
    void everyPathBelongsToTheApplication(String path) throws Exception {
        copy("env.wasm", "a.wasm");
        String manifest =
                """
                spin_manifest_version = 2
                [[trigger.http]]
                route = "%s"
                component = "a"
                executor = { type = "wagi" }
                [component.a]
                source = "a.wasm"
                """
                        .formatted(path);
        try (var server = serve(manifest)) {
            assertThat(server.get(path).body()).contains("SCRIPT_NAME=" + path);
        }
    }

    @Test
    void aModuleFromTheNetwork_isTakenFromSpinsCacheWhileItHasItsDigest() throws Exception {
        byte[] module = Files.readAllBytes(TestServer.examples().resolve("hello.wasm"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(module));
        Path cache = folder.resolve("cache");
        Path file =
                Files.createDirectories(cache.resolve("spin/registry/wasm"))
                        .resolve("sha256:" + digest);
        Files.write(file, module);
        String manifest =
                """
                spin_manifest_version = 2
                [[trigger.http]]
                route = "/..."
                component = "hello"
                executor = { type = "wagi" }
                [component.hello.source]
                url = "https://modules.invalid/releases/hello.wasm"
                digest = "sha256:%s"
                """
                        .formatted(digest);
        try (var server = serve(manifest, Map.of("XDG_CACHE_HOME", cache.toString()))) {
            assertThat(server.get("/x").body()).isEqualTo("Hello world\n");
        }
        Files.write(file, new byte[1], StandardOpenOption.APPEND);

        try (var server = serve(manifest, Map.of("XDG_CACHE_HOME", cache.toString()))) {
            assertThat(server.get("/x").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void theExampleOfTheDocumentation() throws Exception {
        Path example = Path.of("..", "examples", "spin").toAbsolutePath().normalize();
        try (var server =
                TestServer.spin(example, reader(Map.of("SPIN_VARIABLE_GREETING", "Ahoy")))) {
            assertThat(server.get("/user/ada/notes?x=1").body().lines())
                    .contains("GREETING=Ahoy, world", "X_PATH_MATCH_NAME=ada", "PATH_INFO=/notes");
            assertThat(server.get("/hello").body()).isEqualTo("Hello world\n");
            assertThat(server.get("/files/").body()).isEqualTo("A file of the application.\n");
        }
        assertThat(reader(Map.of()).read(example.resolve("spin.toml")).warnings()).isEmpty();
    }

    /** The template with PHP: the path is that of the script in the files. */
    @Test
    void theTemplateForPhp_PATH_TRANSLATEDNamesTheScript() throws Exception {
        assumeTrue(
                Files.exists(PHP) || System.getenv("CI") != null,
                "php-cgi is not here: run examples/php/fetch.sh");
        Files.createLink(app.resolve("php-cgi.wasm"), PHP);
        write("src/index.php", "<?php echo 'from ', $_SERVER['PATH_INFO'], ' ', $_GET['q'] ?? '';");
        String manifest =
                """
                spin_manifest_version = 2

                [application]
                name = "php"
                version = "0.1.0"

                [[trigger.http]]
                route = "/..."
                component = "php"
                executor = { type = "wagi" }

                [component.php]
                source = "php-cgi.wasm"
                files = [{ source = "./src", destination = "/" }]
                allowed_outbound_hosts = []
                """;
        try (var server = serve(manifest)) {
            assertThat(server.get("/index.php?q=1").body()).isEqualTo("from /index.php 1");
            assertThat(server.get("/none.php").statusCode()).isEqualTo(404);
        }
    }
}
