package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.Access;
import dev.jetway.route.Action;
import dev.jetway.route.FileRules;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import dev.jetway.server.FolderServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts of a folder, run by a guest that prints its variables and arguments. The table has the
 * variables of Apache 2.4.71 with {@code Action} and php-cgi 8.2 for the same folder.
 */
@Timeout(120)
final class FolderScriptsIT {
    @TempDir private static Path folder;
    private static Path root;
    private static FolderServer server;

    @BeforeAll
    static void start() throws Exception {
        root = Files.createDirectory(folder.resolve("public"));
        for (String file :
                List.of(
                        "env.php",
                        "index.php",
                        "sub/index.php",
                        "page.html",
                        "image.jpg",
                        "empty/x",
                        "a b.php",
                        "SHOUT.PHP",
                        "dir.php/index.php",
                        "env.php.1",
                        "env.php_",
                        "env.php copy",
                        "env.php.new",
                        "env.php.bak")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "source of " + file);
        }
        Path scratch = Files.createDirectory(folder.resolve("server"));
        RunModule run = FolderServer.example(scratch, "env.wasm", "");
        RunModule get = FolderServer.example(scratch, "env.wasm", "methods = [\"GET\"]");
        server =
                new FolderServer(
                        scratch,
                        ErrorPages.NONE,
                        List.of(
                                route("/...", folder(run, Optional.of("/index.php"))),
                                route("/blog/...", folder(run, Optional.empty())),
                                route("/reads/...", folder(get, Optional.empty())),
                                route(
                                        "/cgi-bin/form.pl/...",
                                        new RunScript(
                                                handler("perl", "pl", run),
                                                "/home/cgi-bin/form.pl"))));
    }

    private static Action folder(RunModule run, Optional<String> fallback) {
        return new ServeFolder(
                root,
                "/home/public",
                List.of("index.php", "index.html"),
                fallback,
                List.of(handler("php", "php", run)),
                FileRules.DEFAULT);
    }

    private static ScriptHandler handler(String name, String extension, RunModule run) {
        return new ScriptHandler(
                name, Set.of(extension), List.of(name, "-q", ScriptHandler.SCRIPT), run);
    }

    private static Route route(String pattern, Action action) {
        return new Route(
                Site.DEFAULT,
                new RoutePattern(pattern),
                Access.OPEN,
                ErrorPages.NONE,
                new SourcePosition("site.toml", 1),
                action);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer get(String target) throws Exception {
        Answer answer = server.ask("GET", target);
        server.record();
        return answer;
    }

    /** The named variables that are set. */
    private static List<String> variables(String body, String... names) {
        var found = new ArrayList<String>();
        for (String name : names) {
            body.lines().filter(line -> line.startsWith(name + "=")).forEach(found::add);
        }
        return found;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/dev/jetway/server/scripts.csv", numLinesToSkip = 1)
    void variables_asUnderApache(String target, String expected) throws Exception {
        String body = get(target).body();

        assertThat(
                        String.join(
                                " ",
                                variables(
                                        body,
                                        "SCRIPT_FILENAME",
                                        "SCRIPT_NAME",
                                        "PATH_INFO",
                                        "PATH_TRANSLATED",
                                        "DOCUMENT_ROOT",
                                        "REDIRECT_STATUS",
                                        "REDIRECT_URL",
                                        "REDIRECT_QUERY_STRING",
                                        "REQUEST_URI",
                                        "QUERY_STRING")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/env.php",
                "/env.php?-s",
                "/env.php?a+b",
                "/env.php/x?-d+x",
                "/none?-s",
                "/"
            })
    void arguments_areTheHandlers(String target) throws Exception {
        assertThat(get(target).body())
                .containsPattern("argv\\[0]=php\nargv\\[1]=-q\nargv\\[2]=/home/public/\\w+.php\n$");
    }

    @Test
    void script_isCountedOnceAndRecordedAsARun() throws Exception {
        Answer answer = server.ask("GET", "/env.php");

        RunRecord record = server.record();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(record.outcome()).isEqualTo(Outcome.OK);
        assertThat(record.guestTime()).isPositive();
        assertThat(record.bodyOut()).isEqualTo(answer.body().length());
        assertThat(server.records()).isZero();
    }

    @Test
    void fallback_keepsMethodAndBody() throws Exception {
        byte[] body = "a=b".getBytes(StandardCharsets.US_ASCII);

        Answer answer = server.ask("POST", "/pretty/url", body, "Content-Type: text/plain");

        assertThat(answer.body())
                .contains("REQUEST_METHOD=POST\n", "CONTENT_LENGTH=3\n", "SCRIPT_NAME=/index.php\n")
                .contains("REQUEST_URI=/pretty/url\n");
        assertThat(server.record().bodyIn()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/image.jpg/x.php, 404",
        "/image.jpg/env.php, 404",
        "/page.html/x, 404",
        "/blog/none.php, 404",
        "/blog/none.php/x, 404",
        "/blog/env.php.bak, 404",
        "/blog/env.php~, 404",
        "/blog/.env, 404",
        "/blog/sub, 301",
        "/blog, 301",
    })
    void notRun(String target, int status) throws Exception {
        Answer answer = get(target);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("argv[0]", "source of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/env.php",
                "/env.ph%70",
                "/env.php/",
                "/SHOUT.PHP",
                "/a%20b.php",
                "/env.php/x.jpg",
                "/env.php%3f",
                "/env.php;x",
                "/./env.php",
                "/env.php/../env.php",
                "/blog/env.php.",
                "/blog/env.php%20",
                "/env.php.bak",
                "/env.php.1",
                "/env.php_",
                "/env.php%20copy",
                "/env.php.new",
                "/env.php%2fx.jpg",
                "/image.jpg/env.php",
                "/blog/dir.php/none.php"
            })
    void source_isNeverSent(String target) throws Exception {
        assertThat(get(target).body()).doesNotContain("source of");
    }

    @Test
    void methods_areTheHandlers() throws Exception {
        Answer answer = server.ask("POST", "/reads/env.php");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD");
        assertThat(server.record().outcome()).isEqualTo(Outcome.METHOD);
    }

    @Test
    void scriptOfARoute_isThatScript() throws Exception {
        String body = get("/cgi-bin/form.pl/x/y?-e").body();

        assertThat(variables(body, "SCRIPT_FILENAME", "SCRIPT_NAME", "PATH_INFO"))
                .containsExactly(
                        "SCRIPT_FILENAME=/home/cgi-bin/form.pl",
                        "SCRIPT_NAME=/cgi-bin/form.pl",
                        "PATH_INFO=/x/y");
        assertThat(body).endsWith("argv[0]=perl\nargv[1]=-q\nargv[2]=/home/cgi-bin/form.pl\n");
    }

    @Test
    void script_isLookedUpForEachRequest() throws Exception {
        Path script = Files.writeString(root.resolve("later.php"), "");
        assertThat(get("/blog/later.php").status()).isEqualTo(200);

        Files.delete(script);
        assertThat(get("/blog/later.php").status()).isEqualTo(404);

        Files.createSymbolicLink(script, folder.resolve("server/jetway.toml"));
        assertThat(get("/blog/later.php").status()).isEqualTo(404);

        Files.delete(script);
        Files.createSymbolicLink(script, Path.of("env.php"));
        assertThat(get("/blog/later.php").body()).contains("SCRIPT_NAME=/blog/later.php\n");
    }
}
