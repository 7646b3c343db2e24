package dev.jetway.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.jetway.base.TrustedWriters;
import dev.jetway.route.CgiRules;
import dev.jetway.route.FileRules;
import dev.jetway.route.RunModule;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.TestRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The entries that paths name in a folder, as in Apache 2.4 with php-cgi. */
final class FolderLookupTest {
    @TempDir private Path folder;
    private Path root;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectory(folder.resolve("public"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        for (String file :
                List.of(
                        "index.php",
                        "page.html",
                        "a.php",
                        "UPPER.PHP",
                        "image.jpg",
                        "a b.txt",
                        "café.txt",
                        ".env",
                        ".git/config",
                        ".well-known/x",
                        "a.php~",
                        "a.php.gz",
                        "site.toml",
                        "m.wasm",
                        "docs/index.html",
                        "empty/file.txt",
                        "d.php/b.php",
                        "d.php/c.txt",
                        ".well-known/.git/x",
                        "sub/.htaccess",
                        "sub/x.php.txt")) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        Files.createSymbolicLink(root.resolve("in.html"), Path.of("page.html"));
        Files.createSymbolicLink(root.resolve("docs/up.html"), Path.of("../page.html"));
        Files.createSymbolicLink(root.resolve("out.txt"), Path.of("../secret.txt"));
        Files.createSymbolicLink(root.resolve("absolute.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root.resolve("out.php"), Path.of("../secret.txt"));
    }

    private ServeFolder action(Optional<String> fallback) {
        var run = (RunModule) TestRoute.of("/x", CgiRules.CGI).action();
        return new ServeFolder(
                root,
                "/home/public",
                List.of("none.html", "index.php", "index.html"),
                fallback,
                List.of(new ScriptHandler("php", Set.of("php"), List.of("php-cgi"), run)),
                FileRules.DEFAULT);
    }

    private String found(String path, Optional<String> fallback) {
        return found(path, action(fallback));
    }

    private static String found(String path, ServeFolder action) {
        return switch (new FolderLookup(action).find(path)) {
            case Lookup.File(StaticFile file) -> "file " + file.path();
            case Lookup.Script script ->
                    ("script " + script.guestPath() + " " + script.path() + " " + script.info())
                            .strip();
            case Lookup.Program program ->
                    ("program " + program.guestPath() + " " + program.path() + " " + program.info())
                            .strip();
            case Lookup.Refused(String reason) -> "refused " + reason;
            case Lookup.FolderWithoutSlash() -> "slash";
            case Lookup.Nothing() -> "nothing";
            case Lookup.Unreadable() -> "unreadable";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/page.html, file /page.html",
        "/a%20b.txt, file /a b.txt",
        "/caf%C3%A9.txt, file /café.txt",
        "/in.html, file /in.html",
        "/docs/up.html, file /docs/up.html",
        "/.well-known/x, file /.well-known/x",
        "/sub/x.php.txt, file /sub/x.php.txt",
        "/a.php, script /home/public/a.php /a.php",
        "/UPPER.PHP, script /home/public/UPPER.PHP /UPPER.PHP",
        "/a.php/x/y, script /home/public/a.php /a.php /x/y",
        "/a.php/, script /home/public/a.php /a.php /",
        "/a.php/.git/b.php, script /home/public/a.php /a.php /.git/b.php",
        "/d.php/b.php, script /home/public/d.php/b.php /d.php/b.php",
        "/d.php/b.php/x, script /home/public/d.php/b.php /d.php/b.php /x",
        "/d.php/c.txt, file /d.php/c.txt",
        "/, script /home/public/index.php /index.php",
        "/docs/, file /docs/index.html",
        "/docs, slash",
        "'', slash",
        "/d.php, slash",
        "/empty/, nothing",
        "/empty, slash",
        "/none, nothing",
        "/none.php, nothing",
        "/none.php/x, nothing",
        "/page.html/x, nothing",
        "/page.html/, nothing",
        "/image.jpg/x.php, nothing",
        "/image.jpg/a.php/b, nothing",
        "/.env, nothing",
        "/.git, nothing",
        "/.git/, nothing",
        "/.git/config, nothing",
        "/sub/.htaccess, nothing",
        "/.well-known/.git/x, nothing",
        "/a.php~, nothing",
        "/a.php.gz, nothing",
        "/site.toml, nothing",
        "/m.wasm, nothing",
        "/out.txt, nothing",
        "/out.php, nothing",
        "/out.php/x, nothing",
        "/absolute.txt, nothing",
        "/folder/secret.txt, nothing",
        "/folder/public/page.html, nothing",
        "/folder, nothing",
        "/loop, nothing",
        "/a%00.php, nothing",
        "/%FF, nothing",
    })
    void find_withoutAFallback(String path, String expected) {
        assertThat(found(path, Optional.empty())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/none, script /home/public/index.php /index.php",
        "/none/deep.html, script /home/public/index.php /index.php",
        "/none.php/x, script /home/public/index.php /index.php",
        "/.env, nothing",
        "/.none, nothing",
        "/.git/config, nothing",
        "/none/.git/x, nothing",
        "/.well-known/none, script /home/public/index.php /index.php",
        "/a.php/.git/x, script /home/public/a.php /a.php /.git/x",
        "/a.php~, nothing",
        "/out.txt, script /home/public/index.php /index.php",
        "/empty/, script /home/public/index.php /index.php",
        "/page.html, file /page.html",
        "/page.html/x, nothing",
        "/image.jpg/x.php, nothing",
        "/docs, slash",
    })
    void find_withAFallback(String path, String expected) {
        assertThat(found(path, Optional.of("/index.php"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/gone.php", "/docs", "/.env", "/m.wasm", "/out.php", "/page.html/x"})
    void find_fallbackThatCannotBeServed_isNothing(String fallback) {
        assertThat(found("/none", Optional.of(fallback))).isEqualTo("nothing");
    }

    @Test
    void find_scriptBehindManyFoldersNamedLikeScripts_upToTheBound() throws IOException {
        String within = "/f.php".repeat(FolderLookup.MAX_SCRIPT_NAMES - 1);
        String beyond = "/f.php".repeat(FolderLookup.MAX_SCRIPT_NAMES);
        for (String path : List.of(within, beyond)) {
            Path there = Files.createDirectories(root.resolve(path.substring(1)));
            Files.writeString(there.resolve("x.php"), "");
        }

        assertThat(found(within + "/x.php/info", Optional.empty())).startsWith("script");
        assertThat(found(beyond + "/x.php/info", Optional.empty())).isEqualTo("nothing");
    }

    @Test
    void find_behindAFolderThatMayNotBeEntered_isUnreadable() throws IOException {
        Path closed = Files.createDirectory(root.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isExecutable(closed), "root enters everything");

        assertThat(found("/closed/x.txt", Optional.of("/index.php"))).isEqualTo("unreadable");
    }

    @Test
    void find_missingRoot_isNothing() throws IOException {
        Path moved = Files.move(root, folder.resolve("moved"));

        assertThat(moved).isDirectory();
        assertThat(found("/page.html", Optional.of("/index.php"))).isEqualTo("nothing");
    }

    @Test
    void aFolderInWhosePlaceALinkIsPut_isNotFollowed() throws Exception {
        Path moved = Files.move(root, folder.resolve("moved"));
        Files.createSymbolicLink(root, moved);

        assertThat(found("/page.html", Optional.empty())).isEqualTo("nothing");
        assertThat(found("/a.php", Optional.of("/index.php"))).isEqualTo("nothing");
    }

    /** The index names index.wasm after index.html; the configuration has found two of them. */
    @ParameterizedTest
    @CsvSource({
        "/, program /home/public/index.wasm /index.wasm",
        "/index.wasm, program /home/public/index.wasm /index.wasm",
        "/index.wasm/a/b, program /home/public/index.wasm /index.wasm /a/b",
        "/index.wasm/, program /home/public/index.wasm /index.wasm /",
        "/index.wasm/.x, program /home/public/index.wasm /index.wasm /.x",
        "/a%20b/, program /home/public/a b/index.wasm /a%20b/index.wasm",
        "/a%20b/index.wasm/x, program /home/public/a b/index.wasm /a%20b/index.wasm /x",
        "/a%20b, slash",
        "/docs/, file /docs/index.html",
        "/docs/index.wasm, nothing",
        "/new/, nothing",
        "/new/index.wasm, nothing",
        "/INDEX.wasm, nothing",
        "/index.wasm~, nothing",
        "/index.wasm.gz, nothing",
        "/m.wasm, nothing",
        "/m.wasm/x, nothing",
        "/gone/, nothing",
        "/page.html/index.wasm, nothing",
        "/out/, nothing",
    })
    void find_modulesThatTheIndexNames(String path, String expected) throws Exception {
        Files.delete(root.resolve("index.php"));
        for (String file :
                List.of("index.wasm", "a b/index.wasm", "docs/index.wasm", "new/index.wasm")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "");
        }
        Files.createDirectory(root.resolve("gone"));
        Files.createDirectory(root.resolve("out"));
        Files.createSymbolicLink(root.resolve("out/index.wasm"), Path.of("../../secret.txt"));
        ServeFolder open = action(Optional.empty());
        var programs = new LinkedHashMap<String, RunModule>();
        for (String known :
                List.of("/index.wasm", "/a b/index.wasm", "/gone/index.wasm", "/out/index.wasm")) {
            programs.put(known, open.handlers().getFirst().run());
        }
        var action =
                new ServeFolder(
                        open.root(),
                        open.guestRoot(),
                        List.of("index.html", "index.wasm"),
                        open.fallback(),
                        open.handlers(),
                        programs,
                        open.files(),
                        open.writers());

        assertThat(found(path, action)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--, true", "rw-rw----, true", "rw-r--rw-, false"})
    void aScriptThatOthersMayWrite_isRefusedIfTheRuleSaysSo(String mode, boolean run)
            throws Exception {
        Path script = Files.writeString(root.resolve("mine.php"), "<?php");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(mode));
        ServeFolder open = action(Optional.empty());
        var strict =
                new ServeFolder(
                        open.root(),
                        open.guestRoot(),
                        open.index(),
                        open.fallback(),
                        open.handlers(),
                        open.programs(),
                        open.files(),
                        TrustedWriters.ofThisProcess());

        assertThat(new FolderLookup(open).find("/mine.php")).isInstanceOf(Lookup.Script.class);
        assertThat(new FolderLookup(strict).find("/mine.php"))
                .isInstanceOf(run ? Lookup.Script.class : Lookup.Refused.class);
        assertThat(new FolderLookup(strict).find("/mine.php/info"))
                .isInstanceOf(run ? Lookup.Script.class : Lookup.Refused.class);
    }
}
