package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sites that are folders, as their visitors see them. */
@Timeout(60)
final class HostingIT {
    @TempDir private Path folder;

    @BeforeEach
    void makeSites() throws IOException {
        write("sites/a.example/public/index.html", "site a");
        write("sites/a.example/cgi-bin/secret.txt", "secret");
        write("sites/a.example/public/cgi-bin/hidden.txt", "hidden");
        Files.copy(
                TestServer.examples().resolve("hello.wasm"),
                folder.resolve("sites/a.example/cgi-bin/hello.wasm"));
        write("sites/b.example/public/index.html", "site b");
        write("pages/unpaid.html", "unpaid");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private TestServer start(String top) throws Exception {
        return TestServer.withTop(folder, top);
    }

    private static String get(TestServer server, String host, String path) throws Exception {
        String response =
                server.raw(
                        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                .formatted(path, host));
        String body = TestServer.body(response).strip();
        return response.substring(9, 12) + " " + body.lines().findFirst().orElse("");
    }

    @Test
    void eachHostHasItsFolder_andAnUnknownOneHasNone() throws Exception {
        try (TestServer server = start("sites = \"sites/*\"\n")) {
            assertThat(get(server, "a.example", "/")).isEqualTo("200 site a");
            assertThat(get(server, "B.example:80", "/")).isEqualTo("200 site b");
            assertThat(get(server, "c.example", "/")).startsWith("404");
            assertThat(get(server, "a.example", "/cgi-bin/hello.wasm")).startsWith("200");
            assertThat(get(server, "a.example", "/cgi-bin/secret.txt")).startsWith("404");
            assertThat(get(server, "a.example", "/cgi-bin/hidden.txt")).startsWith("404");
            assertThat(get(server, "b.example", "/cgi-bin/hello.wasm")).startsWith("404");
        }
    }

    @Test
    void theDefaultSite_answersUnknownHosts() throws Exception {
        try (TestServer server = start("sites = \"sites/*\"\ndefault-site = \"b.example\"\n")) {
            assertThat(get(server, "c.example", "/")).isEqualTo("200 site b");
            assertThat(get(server, "a.example", "/")).isEqualTo("200 site a");
        }
    }

    @Test
    void aSiteIsChanged_broken_mended_andSuspended_byReloads() throws Exception {
        try (TestServer server = start("sites = \"sites/*\"\n")) {
            write("sites/a.example/site.toml", "index = [\"second.html\"]\n");
            write("sites/a.example/public/second.html", "second");
            server.reload(folder);
            assertThat(get(server, "a.example", "/")).isEqualTo("200 second");

            write(
                    "sites.d/a.example.toml",
                    "suspended = true\nsuspended-page = \"pages/unpaid.html\"\n");
            server.reload(folder);
            assertThat(get(server, "a.example", "/")).isEqualTo("503 unpaid");
            assertThat(get(server, "a.example", "/cgi-bin/hello.wasm")).isEqualTo("503 unpaid");
            assertThat(get(server, "b.example", "/")).isEqualTo("200 site b");

            Files.delete(folder.resolve("sites.d/a.example.toml"));
            server.reload(folder);
            assertThat(get(server, "a.example", "/")).isEqualTo("200 second");
        }
    }

    private void makeUsers() throws IOException {
        write("home/alice/public_html/index.html", "alice");
        write("home/alice/public_html/blog/a.html", "blog");
        write("home/alice/public_html/404.html", "alice has no such page");
        write("home/alice/site.toml", "error-pages = { 404 = \"/404.html\" }\n");
        write("home/alice/secret.txt", "secret");
        Files.createDirectories(folder.resolve("home/alice/cgi-bin"));
        Files.copy(
                TestServer.examples().resolve("env.wasm"),
                folder.resolve("home/alice/cgi-bin/env.wasm"));
        write("home/bob/public_html/index.html", "bob");
        write("home/carol/notes.txt", "no site");
    }

    @Test
    void usersAnswerBelowTheirNames_onHostsThatNoSiteHas() throws Exception {
        makeUsers();
        try (TestServer server =
                start("sites = \"sites/*\"\nuser-sites = \"home/*/public_html\"\n")) {
            assertThat(get(server, "any.example", "/~alice/")).isEqualTo("200 alice");
            assertThat(get(server, "any.example", "/%7Ealice/blog/a.html")).isEqualTo("200 blog");
            assertThat(get(server, "any.example", "/~bob/")).isEqualTo("200 bob");
            assertThat(get(server, "any.example", "/~alice/x")).startsWith("404 alice has no");
            assertThat(get(server, "any.example", "/~alice/../secret.txt")).startsWith("404");
            assertThat(get(server, "any.example", "/~carol/notes.txt")).startsWith("404");
            assertThat(get(server, "any.example", "/~dora/")).startsWith("404");
            assertThat(get(server, "a.example", "/~alice/")).startsWith("404");
            assertThat(get(server, "a.example", "/")).isEqualTo("200 site a");
        }
    }

    @Test
    void aUserWithoutTheSlash_isRedirected_andProgramsSeeTheirPrefix() throws Exception {
        makeUsers();
        try (TestServer server =
                start(
                        """
                        sites = "sites/*"
                        user-sites = "home/*/public_html"
                        user-hosts = ["a.example"]
                        """)) {
            assertThat(raw(server, "a.example", "/~alice"))
                    .startsWith("HTTP/1.1 301")
                    .contains("Location: /~alice/\r\n");
            assertThat(raw(server, "a.example", "/~alice/cgi-bin/env.wasm/info"))
                    .contains("SCRIPT_NAME=/~alice/cgi-bin/env.wasm\n")
                    .contains("PATH_INFO=/info\n");
            assertThat(get(server, "a.example", "/")).isEqualTo("200 site a");
            assertThat(get(server, "any.example", "/~alice/")).startsWith("404");
        }
    }

    @Test
    void usersOfTheDefaultSitesHosts_areBesideItsPages_andCanBeSuspended() throws Exception {
        makeUsers();
        String top =
                """
                sites = "sites/*"
                default-site = "b.example"
                user-sites = "home/*/public_html"
                """;
        try (TestServer server = start(top)) {
            assertThat(get(server, "any.example", "/")).isEqualTo("200 site b");
            assertThat(get(server, "any.example", "/~bob/")).isEqualTo("200 bob");
            assertThat(get(server, "b.example", "/~bob/")).startsWith("404");

            write("sites.d/~bob.toml", "suspended = true\n");
            write("home/carol/public_html/index.html", "carol");
            server.reload(folder);
            assertThat(get(server, "any.example", "/~bob/")).startsWith("503");
            assertThat(get(server, "any.example", "/~carol/")).isEqualTo("200 carol");
            assertThat(get(server, "any.example", "/~alice/")).isEqualTo("200 alice");
        }
    }

    /** As in Apache 2.4 with a {@code DirectoryIndex} that the handler cgi-script starts. */
    @Test
    void aModuleThatTheIndexNames_answersForItsFolder() throws Exception {
        write("sites/a.example/site.toml", "index = [\"index.html\", \"index.wasm\"]");
        write("sites/a.example/public/shop/readme.txt", "a shop");
        Path env = TestServer.examples().resolve("env.wasm");
        Files.copy(env, folder.resolve("sites/a.example/public/other.wasm"));
        Files.copy(env, folder.resolve("sites/a.example/public/shop/index.wasm"));
        try (TestServer server = start("sites = \"sites/*\"\n")) {
            assertThat(get(server, "a.example", "/")).isEqualTo("200 site a");
            assertThat(get(server, "a.example", "/index.wasm")).startsWith("404");
            assertThat(get(server, "a.example", "/other.wasm")).startsWith("404");
            assertThat(get(server, "a.example", "/shop")).startsWith("301");
            assertThat(raw(server, "a.example", "/shop/?a=b"))
                    .startsWith("HTTP/1.1 200")
                    .contains("SCRIPT_NAME=/shop/index.wasm\n")
                    .contains("SCRIPT_FILENAME=/home/public/shop/index.wasm\n")
                    .contains("DOCUMENT_ROOT=/home/public\n", "QUERY_STRING=a=b\n")
                    .contains("REQUEST_URI=/shop/?a=b\n", "CONTEXT_PREFIX=\n")
                    .doesNotContain("\nPATH_INFO=", "PATH_TRANSLATED=", "REDIRECT_");
            assertThat(raw(server, "a.example", "/shop/index.wasm/x%20y"))
                    .contains("SCRIPT_NAME=/shop/index.wasm\n", "PATH_INFO=/x y\n")
                    .contains("PATH_TRANSLATED=/home/public/x y\n");

            Files.delete(folder.resolve("sites/a.example/public/index.html"));
            Files.copy(env, folder.resolve("sites/a.example/public/index.wasm"));
            server.reload(folder);
            assertThat(raw(server, "a.example", "/")).contains("SCRIPT_NAME=/index.wasm\n");
            Files.delete(folder.resolve("sites/a.example/public/shop/index.wasm"));
            assertThat(get(server, "a.example", "/shop/")).startsWith("404");
            assertThat(get(server, "a.example", "/shop/index.wasm")).startsWith("404");
        }
    }

    private static String raw(TestServer server, String host, String path) throws Exception {
        return server.raw(
                "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
    }

    @Test
    void aModuleThatOthersMayWrite_isNotRun_untilThatIsMended() throws Exception {
        write("sites/a.example/logs/.keep", "");
        Path module = folder.resolve("sites/a.example/cgi-bin/hello.wasm");
        Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (TestServer server =
                TestServer.withTop(
                        folder, "sites = \"sites/*\"\n", "refuse-writable-by-others = true\n")) {
            assertThat(get(server, "a.example", "/cgi-bin/hello.wasm")).startsWith("503");
            assertThat(get(server, "a.example", "/")).isEqualTo("200 site a");
            Path log = folder.resolve("sites/a.example/logs/error.log");
            await().until(() ->
                    Files.exists(log)
                            && Files.readString(log).contains("may be written by others"));

            Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("rw-r--r--"));
            await().until(() -> get(server, "a.example", "/cgi-bin/hello.wasm").startsWith("200"));
        }
    }
}
