package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.source.FileReference;
import dev.jetway.server.config.ConfigurationReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files from Wagi's documentation and examples, unchanged. */
@Timeout(60)
final class WagiSamplesIT {
    private static final String STATUS_404 =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 8) "content-type:text/html;charset=UTF-8\\0astatus:404\\0a\\0aNot found")
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 8))
                (i32.store (i32.const 4) (i32.const 58))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 128))))
              (func (export "ep1") unreachable))
            """;

    @TempDir private Path folder;

    @Test
    void theSampleOfTheRepositoryRuns() throws Exception {
        Files.writeString(folder.resolve("error.wat"), STATUS_404);
        Files.copy(TestServer.examples().resolve("hello.wat"), folder.resolve("hello.wat"));
        String sample =
                """
                # The default host name, ignored for now
                default_host = "localhost:3000"

                [[module]]
                # Example executing a Web Assembly Text file
                route = "/"
                module = "%1$s/hello.wat"

                [[module]]
                # Example running a WASM file.
                route = "/hello/..."
                module = "hello.wasm"

                [[module]]
                route = "/http-example"
                module = "%1$s/none.wasm"
                allowed_hosts = ["https://api.brigade.sh"]
                http_max_concurrency = 2

                [[module]]
                route = "/error"
                module = "%1$s/error.wat"

                [[module]]
                route = "/log"
                module = "file://%1$s/error.wat"
                entrypoint = "ep1"
                """
                        .formatted(folder);
        try (var server = TestServer.start(folder, sample)) {
            assertThat(server.get("/").body()).isEqualTo("Hello, text world\n");
            assertThat(server.get("/hello").body()).isEqualTo("Hello world\n");
            assertThat(server.get("/hello/there").body()).isEqualTo("Hello world\n");
            assertThat(server.get("/http-example").statusCode()).isEqualTo(503);
            assertThat(server.get("/error").statusCode()).isEqualTo(404);
            assertThat(server.get("/error").body()).isEqualTo("Not found");
            assertThat(server.get("/log").statusCode()).isEqualTo(502);
        }
    }

    @Test
    void argvAndVolumesOfTheInterpreterSampleAreTaken() throws Exception {
        Path code = Files.createDirectory(folder.resolve("code"));
        String sample =
                """
                [[module]]
                route = "/env_wagi/..."
                module = "env.wasm"
                argv = "python /code/env.py ${ARGS}"
                environment.TEST_NAME = "test value"
                volumes = { "/code" = "%s" }
                """
                        .formatted(code);
        try (var server = TestServer.start(folder, sample)) {
            assertThat(server.get("/env_wagi/x?a=1&b").body().lines())
                    .contains(
                            "TEST_NAME=test value",
                            "argv[0]=python",
                            "argv[1]=/code/env.py",
                            "argv[2]=a=1",
                            "argv[3]=b",
                            "X_MATCHED_ROUTE=/env_wagi/...");
        }
    }

    @Test
    void pathsAreRelativeToTheWorkingDirectoryAsInWagi() throws Exception {
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = \"/\"\nmodule = \"hello.wasm\"\n");

        var routes = new ConfigurationReader(TestServer.examples(), 2).read(folder).routes();

        assertThat(TestRoutes.action(routes.getFirst()).module())
                .isEqualTo(new FileReference(TestServer.examples().resolve("hello.wasm")));
    }

    @Test
    void standardErrorGoesToAFileARouteAsInWagi() throws Exception {
        Path logs = folder.resolve("logs");
        String guest =
                """
                (module
                  (import "wasi_snapshot_preview1" "fd_write"
                    (func $fd_write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 8) "complaint\\0a")
                  (func (export "_start")
                    (i32.store (i32.const 0) (i32.const 8))
                    (i32.store (i32.const 4) (i32.const 10))
                    (drop (call $fd_write
                      (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 64)))))
                """;
        String modules = TestServer.guest(folder, "/foo/...", guest);
        try (var server = TestServer.start(folder, "log-dir = \"" + logs + "\"\n", modules)) {
            server.get("/foo");
            server.get("/foo");
        }
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest("/foo/...".getBytes(StandardCharsets.UTF_8));

        assertThat(logs.resolve(HexFormat.of().formatHex(digest)).resolve("module.stderr"))
                .hasContent("complaint\ncomplaint");
    }
}
