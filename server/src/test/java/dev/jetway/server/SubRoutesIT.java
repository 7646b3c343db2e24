package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.program.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that declare routes, as in Wagi. */
@Timeout(60)
final class SubRoutesIT {
    @TempDir private Path folder;

    /** A module that prints {@code routes} for its routes, and its entry point's name when run. */
    private String module(String route, String body, String routes) throws Exception {
        String text =
                """
                (module
                  (import "wasi_snapshot_preview1" "fd_write"
                    (func $fd_write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 1024) "Content-Type: text/plain\\0a\\0amain")
                  (data (i32.const 2048) "Content-Type: text/plain\\0a\\0aone.")
                  (data (i32.const 4096) "%s")
                  (func $print (param $from i32) (param $count i32)
                    (i32.store (i32.const 0) (local.get $from))
                    (i32.store (i32.const 4) (local.get $count))
                    (drop (call $fd_write
                      (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
                  (func (export "_start") (call $print (i32.const 1024) (i32.const 30)))
                  (func (export "one") (call $print (i32.const 2048) (i32.const 30)))
                  (func (export "_routes") %s))
                """
                        .formatted(routes.replace("\n", "\\0a"), body);
        return TestServer.guest(folder, route, text);
    }

    private static String printing(String routes) {
        return "(call $print (i32.const 4096) (i32.const " + routes.length() + "))";
    }

    @Test
    void declaredRoutesAreServedByTheirFunctions() throws Exception {
        String routes = "/exact one\n/wild/... one\n/main _start\n/gone missing\n";
        try (var server =
                TestServer.start(folder, module("/parent/...", printing(routes), routes))) {
            assertThat(server.get("/parent/exact").body()).isEqualTo("one.");
            assertThat(server.get("/parent/wild/x").body()).isEqualTo("one.");
            assertThat(server.get("/parent/main").body()).isEqualTo("main");
            assertThat(server.get("/parent/other").body()).isEqualTo("main");
            assertThat(server.get("/parent/gone").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aRouteOfTheFileWinsOverADeclaredOne() throws Exception {
        String routes = "/taken one\n";
        String modules =
                module("/...", printing(routes), routes)
                        + "[[module]]\nroute = \"/taken\"\nmodule = \"hello.wasm\"\n";
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.get("/taken").body()).isEqualTo("Hello world\n");
        }
    }

    @Test
    void aNativeRouteDeclaresNone() throws Exception {
        String routes = "/exact one\n";
        String modules = module("/p/...", printing(routes), routes) + "dialect = \"cgi\"\n";
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.get("/p/exact").body()).isEqualTo("main");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unreachable | '_routes' failed: Trapped on unreachable instruction",
                "(loop (br 0)) | '_routes' failed: ran longer than 100 ms",
                "(loop (call $print (i32.const 4096) (i32.const 8192)) (br 0))"
                        + " | '_routes' failed: printed more than 65536 bytes",
                "(nop) | '_routes' printed no routes",
            })
    void whatCannotBeReadBreaksItsOwnRouteOnly(String body, String reason) throws Exception {
        String modules =
                module("/bad/...", body, "")
                        + "time-limit = \"100ms\"\n"
                        + "[[module]]\nroute = \"/hello\"\nmodule = \"hello.wasm\"\n";
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.get("/bad").statusCode()).isEqualTo(503);
            assertThat(server.get("/hello").statusCode()).isEqualTo(200);
            assertThat(server.served().routes().getFirst().state())
                    .isInstanceOfSatisfying(
                            LoadState.Broken.class,
                            b -> assertThat(b.reason()).isEqualTo(reason.strip()));
        }
    }

    @Test
    void aModuleThatIsMendedWhileTheServerRunsDeclaresItsRoutes() throws Exception {
        String routes = "/exact one\n";
        String modules = module("/parent/...", printing(routes), routes);
        Path file = folder.resolve("parent.wat");
        byte[] good = Files.readAllBytes(file);
        Files.writeString(file, "(module");
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.get("/parent/exact").statusCode()).isEqualTo(503);
            assertThat(server.get("/parent/other").statusCode()).isEqualTo(503);

            Files.write(file, good);

            // The route of a request is unknown until the module has declared its routes.
            var moved = server.get("/parent/exact");
            assertThat(moved.statusCode()).isEqualTo(503);
            assertThat(moved.headers().firstValue("Retry-After")).contains("1");
            assertThat(server.get("/parent/exact").body()).isEqualTo("one.");
            assertThat(server.get("/parent/other").body()).isEqualTo("main");
            assertThat(server.served().routes())
                    .extracting(r -> r.configured().route().pattern().text())
                    .containsExactly("/parent/...", "/parent/exact");
        }
    }
}
