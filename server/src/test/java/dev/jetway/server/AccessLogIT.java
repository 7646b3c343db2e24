package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogIT {
    @TempDir private Path folder;

    private List<String> lines(String file, int count) {
        Path log = folder.resolve("logs").resolve(file);
        await().until(() -> Files.exists(log) && Files.readAllLines(log).size() == count);
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachRequestIsOneLine_inTheLogOfItsSite() throws Exception {
        String page = TestServer.printing(folder, "/page", "Content-Type: text/plain\n\nsorry");
        TestServer.printing(folder, "/one", "Content-Type: text/plain\n\nhello");
        TestServer.printing(folder, "/go", "Location: /one\n\n");
        String route = "[[site.route]]\npath = \"/%1$s\"\nmodule = \"%2$s/%1$s.wat\"\n";
        assertThat(page).isNotEmpty();
        String site =
                "access-log-dir = \"logs\"\n[[site]]\nname = \"a\"\nhosts = [\"a.test\"]\n"
                        + "error-pages = { 404 = \"/page\" }\n"
                        + route.formatted("page", folder)
                        + route.formatted("one", folder)
                        + route.formatted("go", folder);
        try (var server = TestServer.sites(folder, site)) {
            for (String target : List.of("/one?x", "/go", "/missing")) {
                server.raw(
                        "GET "
                                + target
                                + " HTTP/1.1\r\nHost: a.test\r\nUser-Agent: t\r\nConnection: close\r\n\r\n");
            }
            server.get("/elsewhere");

            List<String> own = lines("a/access.log", 3);
            assertThat(own.get(0)).contains("\"GET /one?x HTTP/1.1\" 200 5 \"-\" \"t\"");
            assertThat(own.get(1)).contains("\"GET /go HTTP/1.1\" 200 5 ");
            assertThat(own.get(2)).contains("\"GET /missing HTTP/1.1\" 404 5 ");
            assertThat(lines("access.log", 1).getFirst())
                    .contains("\"GET /elsewhere HTTP/1.1\" 404");
        }
    }

    @Test
    void theClientOfAFailedRequest_getsItsId() throws Exception {
        try (var server =
                TestServer.start(
                        folder,
                        "access-log-dir = \"logs\"\naccess-log = \"json\"\n",
                        TestServer.guest(folder, "/bad", "(module (func (export \"_start\")))"))) {
            var response = server.get("/bad");

            String id = response.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(lines("access.log", 1).getFirst())
                    .contains("\"id\":\"" + id + "\"")
                    .contains("\"outcome\":\"no-response\"");
        }
    }

    /** A program that prints to standard error and then ends without a response. */
    private static final String GRUMBLE =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\\08\\00\\00\\00\\0a\\00\\00\\00no config\\0a")
              (func (export "_start")
                (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 100)))))
            """;

    @Test
    void stderrAndFailuresOfASiteWithLogs_areInItsOwnErrorLog_withTheIdOfTheClient()
            throws Exception {
        Path site = Files.createDirectories(folder.resolve("sites/a.example"));
        Files.createDirectories(site.resolve("cgi-bin"));
        Files.createDirectories(site.resolve("logs"));
        Files.writeString(site.resolve("cgi-bin/bad.wat"), GRUMBLE);
        try (var server = TestServer.withTop(folder, "sites = \"sites/*\"\n")) {
            String response =
                    server.raw(
                            "GET %s HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"
                                    .formatted("/cgi-bin/bad.wat"));
            String id =
                    response.lines()
                            .filter(line -> line.startsWith("X-Request-Id: "))
                            .map(line -> line.substring("X-Request-Id: ".length()))
                            .findFirst()
                            .orElseThrow();
            Path log = site.resolve("logs/error.log");
            await().until(() -> Files.exists(log) && Files.readAllLines(log).size() == 2);

            assertThat(Files.readAllLines(log))
                    .anyMatch(line ->
                            line.endsWith(" " + id + " stderr /cgi-bin/bad.wat/...: no config"))
                    .anyMatch(line ->
                            line.contains(
                                    " "
                                            + id
                                            + " failure /cgi-bin/bad.wat/...: GET 502 no-response"))
                    .noneMatch(line -> line.contains(folder.toString()));
        }
    }
}
