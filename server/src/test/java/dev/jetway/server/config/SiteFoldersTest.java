package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.site.SiteState;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads folders as sites; a change of one affects no other. */
final class SiteFoldersTest {
    private static final String HANDLERS =
            """
            sites = "sites/*"
            [handler.php]
            module = "php-cgi.wasm"
            extensions = ["php"]
            [handler.php83]
            module = "php-cgi-8.3.wasm"
            extensions = ["php", "phtml"]
            [handler.perl]
            module = "perl.wasm"
            extensions = ["pl"]
            environment = { PERL5LIB = "/lib" }
            """;

    @TempDir private Path folder;
    private ConfigurationReader reader;
    private long clock = 1_000_000_000;

    @BeforeEach
    void makeReader() throws IOException {
        folder = folder.toRealPath();
        reader = new ConfigurationReader(folder, 2, Optional.of(folder.resolve("state")));
        write("conf/jetway.toml", HANDLERS);
        Files.createDirectories(folder.resolve("conf/sites"));
    }

    /** Gives each file a time of its own, so that a change is noticed however fast the test is. */
    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(clock++)));
        return file;
    }

    private Path mkdir(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private Configuration read() throws Exception {
        return reader.read(Path.of("conf"));
    }

    private static Route route(Configuration from, String site, String pattern) {
        return from.routes().stream()
                .filter(r -> r.site().name().equals(site))
                .filter(r -> r.pattern().text().equals(pattern))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(patterns(from, site) + " " + from.warnings()));
    }

    private static List<String> patterns(Configuration from, String site) {
        return from.routes().stream()
                .filter(r -> r.site().name().equals(site))
                .map(r -> r.pattern().text())
                .toList();
    }

    private static SiteStatus status(Configuration from, String site) {
        return from.sites().stream().filter(s -> s.name().equals(site)).findFirst().orElseThrow();
    }

    @Test
    void logs_areThereToReadUnlessTheyAreALink() throws Exception {
        mkdir("conf/sites/a.example/public");
        Path logs = mkdir("conf/sites/a.example/logs");
        mkdir("conf/sites/b.example/public");
        Files.createSymbolicLink(folder.resolve("conf/sites/b.example/logs"), logs);

        Configuration read = read();

        assertThat(volumes(route(read, "a.example", "/...")))
                .contains(new Volume("/home/logs", logs, true));
        assertThat(volumes(route(read, "b.example", "/...")))
                .extracting(Volume::guestPath)
                .containsExactly("/home/public");
    }

    private static List<Volume> volumes(Route route) {
        return ((ServeFolder) route.action()).handlers().getLast().run().volumes();
    }

    @Test
    void anEmptyFolder_isASiteWithoutRoutes() throws Exception {
        mkdir("conf/sites/alice.example");

        Configuration read = read();

        assertThat(patterns(read, "alice.example")).containsExactly("/...");
        assertThat(route(read, "alice.example", "/...").action())
                .isEqualTo(new Refuse(Refuse.Reason.NOTHING_HERE));
        assertThat(status(read, "alice.example").hosts()).containsExactly("alice.example");
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aDocumentRoot_isServedWithTheHandlersOfTheProvider() throws Exception {
        mkdir("conf/sites/a.example/public");
        mkdir("conf/sites/a.example/data");
        mkdir("conf/sites/a.example/tmp");

        Route route = route(read(), "a.example", "/...");

        assertThat(route.action()).isInstanceOf(ServeFolder.class);
        var root = (ServeFolder) route.action();
        assertThat(root.root()).isEqualTo(folder.resolve("conf/sites/a.example/public"));
        assertThat(root.guestRoot()).isEqualTo("/home/public");
        assertThat(root.index())
                .containsExactly("index.php", "index.phtml", "index.pl", "index.html");
        assertThat(root.fallback()).isEmpty();
        assertThat(root.handlers())
                .extracting(ScriptHandler::name, ScriptHandler::extensions, ScriptHandler::argv)
                .containsExactly(
                        tuple("php", Set.of("php"), List.of("php-cgi")),
                        tuple("php83", Set.of("phtml"), List.of("php-cgi")),
                        tuple("perl", Set.of("pl"), List.of("perl", "{script}")));
        RunModule perl = root.handlers().get(2).run();
        assertThat(perl.volumes())
                .containsExactly(
                        new Volume("/home/public", root.root(), false),
                        new Volume(
                                "/home/data", folder.resolve("conf/sites/a.example/data"), false),
                        new Volume("/home/tmp", folder.resolve("conf/sites/a.example/tmp"), false));
        assertThat(perl.environment()).containsEntry("PERL5LIB", "/lib").containsKey("TMPDIR");
        assertThat(perl.rules().documentRoot()).contains("/home/public");
        assertThat(perl.takesQueryArguments()).isFalse();
        assertThat(perl.ofSite()).isTrue();
    }

    @Test
    void php_getsAnIniOfTheServer() throws Exception {
        write("conf/jetway.toml", "default-plan = \"p\"\n" + HANDLERS);
        write(
                "conf/plans/p.toml",
                """
                php = { memory_limit = "64M", error_reporting = "E_ALL & ~E_NOTICE" }
                php-admin = { disable_functions = "exec" }
                """);
        mkdir("conf/sites/a.example/public");
        write("conf/sites/a.example/site.toml", "php = { memory_limit = \"32M\" }\n");

        var root = (ServeFolder) route(read(), "a.example", "/...").action();
        RunModule php = root.handlers().getFirst().run();

        assertThat(php.environment())
                .containsEntry("PHPRC", "/etc/php")
                .containsEntry("REDIRECT_STATUS", "200");
        Volume ini = php.volumes().getLast();
        assertThat(ini.guestPath()).isEqualTo("/etc/php");
        assertThat(ini.readOnly()).isTrue();
        assertThat(ini.hostDirectory()).startsWith(folder.resolve("state/php"));
        assertThat(Files.readString(ini.hostDirectory().resolve("php.ini")))
                .contains("memory_limit = '32M'\n", "upload_tmp_dir = '/tmp'\n")
                .contains(
                        "session.save_path = '/home/tmp'\n",
                        "opcache.file_cache = '/home/tmp/opcache'\n")
                .contains("error_reporting = E_ALL & ~E_NOTICE\n")
                .contains("\ndisable_functions = 'exec,gethostbyname'\n[")
                .endsWith("[PATH=/home]\ndisable_functions = 'exec'\n");
    }

    /** php-cgi may take a file in /etc/php for the only one, without looking at these. */
    @ParameterizedTest
    @CsvSource({
        "PHPRC, /home/data/etc, /home/data/etc",
        "PHP_INI_SCAN_DIR, /home/data/etc, /etc/php-site"
    })
    void php_withOtherFilesOfItsHandler(String name, String value, String folders)
            throws Exception {
        write(
                "conf/jetway.toml",
                """
                sites = "sites/*"
                [handler.php]
                module = "php-cgi.wasm"
                extensions = ["php"]
                environment = { %s = "%s" }
                """
                        .formatted(name, value));
        mkdir("conf/sites/a.example/public");

        var root = (ServeFolder) route(read(), "a.example", "/...").action();
        RunModule php = root.handlers().getFirst().run();

        assertThat(php.environment()).containsEntry(name, value).containsEntry("PHPRC", folders);
        assertThat(php.volumes().getLast().guestPath()).isEqualTo("/etc/php-site");
    }

    @Test
    void aSiteChoosesItsHandlers_andRulesForItsFiles() throws Exception {
        mkdir("conf/sites/a.example/htdocs");
        mkdir("conf/sites/a.example/public");
        write("conf/sites/a.example/404.html", "gone");
        write(
                "conf/sites/a.example/site.toml",
                """
                document-root = "htdocs"
                public-writable = false
                index = ["start.html"]
                fallback = "/index.php"
                cache-control = "max-age=60"
                precompressed = false
                compress = false
                methods = ["GET"]
                handlers = { php = "php83" }
                error-pages = { 404 = "404.html" }
                running-limit = 3
                limits = { time = "5s" }
                """);

        Route route = route(read(), "a.example", "/...");
        var root = (ServeFolder) route.action();

        assertThat(root.root()).isEqualTo(folder.resolve("conf/sites/a.example/htdocs"));
        assertThat(root.index()).containsExactly("start.html");
        assertThat(root.fallback()).contains("/index.php");
        assertThat(root.files().cacheControl()).contains("max-age=60");
        assertThat(root.files().precompressed()).isFalse();
        assertThat(root.files().compress()).isFalse();
        assertThat(root.handlers())
                .extracting(ScriptHandler::name)
                .containsExactly("php83", "perl");
        RunModule php = root.handlers().getFirst().run();
        assertThat(php.volumes().getFirst().readOnly()).isTrue();
        assertThat(php.rules().http().methods()).containsExactly("GET");
        assertThat(php.limits().wallTime()).hasSeconds(5);
        assertThat(route.site().share().running()).isEqualTo(3);
        assertThat(route.errorPages().of(404)).isPresent();
        assertThat(route.site().errorPages().of(404)).isPresent();
    }

    @Test
    void modulesThatTheIndexNames_areProgramsOfTheFolder() throws Exception {
        write("conf/sites/a.example/site.toml", "index = [\"index.wasm\", \"Main.WAT\"]");
        write("conf/sites/a.example/public/index.wasm", "");
        write("conf/sites/a.example/public/INDEX.wasm", "");
        write("conf/sites/a.example/public/upload.wasm", "");
        write("conf/sites/a.example/public/sub folder/Main.WAT", "");
        write("conf/sites/a.example/public/.git/index.wasm", "");
        Path outside = write("outside/index.wasm", "");
        Path root = folder.resolve("conf/sites/a.example/public");
        Files.createSymbolicLink(root.resolve("linked"), outside.getParent());
        mkdir("conf/sites/a.example/public/link");
        Files.createSymbolicLink(root.resolve("link/index.wasm"), outside);
        mkdir("conf/sites/a.example/public/dir/index.wasm");

        Configuration read = read();

        var documents = (ServeFolder) route(read, "a.example", "/...").action();
        assertThat(documents.programs()).containsOnlyKeys("/index.wasm", "/sub folder/Main.WAT");
        RunModule program = documents.programs().firstEntry().getValue();
        assertThat(program.module().name()).isEqualTo("index.wasm");
        assertThat(program.ofSite()).isTrue();
        assertThat(program.takesQueryArguments()).isFalse();
        assertThat(program.volumes()).extracting(Volume::guestPath).containsExactly("/home/public");
    }

    @Test
    void modulesThatTheIndexNames_deepInTheFolder_areNotLookedFor() throws Exception {
        write("conf/sites/a.example/site.toml", "index = [\"index.wasm\"]");
        write("conf/sites/a.example/public/2/3/4/5/6/7/8/index.wasm", "");
        Configuration fits = read();
        write("conf/sites/a.example/public/2/3/4/5/6/7/8/9/index.wasm", "");
        Configuration over = read();

        assertThat(status(fits, "a.example").problems()).isEmpty();
        assertThat(status(over, "a.example").problems())
                .extracting(Object::toString)
                .containsExactly(
                        "conf/sites/a.example/public: warning: has folders more than 8 deep: modules"
                                + " that 'index' names are not looked for in the rest");
        assertThat(((ServeFolder) route(over, "a.example", "/...").action()).programs())
                .containsOnlyKeys("/2/3/4/5/6/7/8/index.wasm");
    }

    @Test
    void cgiBin_programsAreRun_otherFilesAreNotServed() throws Exception {
        write("conf/sites/a.example/cgi-bin/shop.wasm", "");
        write("conf/sites/a.example/cgi-bin/sub/form.wat", "");
        write("conf/sites/a.example/cgi-bin/sub/mail.PL", "");
        write("conf/sites/a.example/cgi-bin/any.cgi", "#!/usr/bin/env perl5.36 -w\n");
        write("conf/sites/a.example/cgi-bin/odd name%.wasm", "");
        write("conf/sites/a.example/cgi-bin/passwords.txt", "");
        write("conf/sites/a.example/cgi-bin/mail.pl~", "");
        write("conf/sites/a.example/cgi-bin/.hidden.wasm", "");
        Path outside = write("outside.wasm", "");
        Files.createSymbolicLink(folder.resolve("conf/sites/a.example/cgi-bin/link.wasm"), outside);

        Configuration read = read();

        assertThat(patterns(read, "a.example"))
                .containsExactly(
                        "/cgi-bin/any.cgi/...",
                        "/cgi-bin/odd%20name%25.wasm/...",
                        "/cgi-bin/shop.wasm/...",
                        "/cgi-bin/sub/form.wat/...",
                        "/cgi-bin/sub/mail.PL/...",
                        "/cgi-bin/...",
                        "/...");
        assertThat(route(read, "a.example", "/cgi-bin/...").action())
                .isEqualTo(new Refuse(Refuse.Reason.NOTHING_HERE));
        assertThat(route(read, "a.example", "/cgi-bin/any.cgi/...").action())
                .isInstanceOfSatisfying(
                        RunScript.class,
                        script -> {
                            assertThat(script.script()).isEqualTo("/home/cgi-bin/any.cgi");
                            assertThat(script.handler().name()).isEqualTo("perl");
                        });
        Route shop = route(read, "a.example", "/cgi-bin/shop.wasm/...");
        assertThat(shop.position()).hasToString("conf/sites/a.example/cgi-bin/shop.wasm");
        assertThat(((RunModule) shop.action()).ofSite()).isTrue();
        assertThat(((RunModule) shop.action()).volumes())
                .containsExactly(
                        new Volume(
                                "/home/cgi-bin",
                                folder.resolve("conf/sites/a.example/cgi-bin"),
                                true));
    }

    @Test
    void modulesToml_precedesFolders() throws Exception {
        mkdir("conf/sites/a.example/public");
        write("conf/sites/a.example/cgi-bin/shop.wasm", "");
        write("conf/sites/a.example/new.wasm", "");
        write(
                "conf/sites/a.example/modules.toml",
                """
                [[module]]
                route = "/cgi-bin/shop.wasm/..."
                module = "new.wasm"
                """);

        Configuration read = read();

        assertThat(patterns(read, "a.example"))
                .containsExactly("/cgi-bin/shop.wasm/...", "/cgi-bin/...", "/...");
        assertThat(
                        ((RunModule) route(read, "a.example", "/cgi-bin/shop.wasm/...").action())
                                .module())
                .hasToString(folder.resolve("conf/sites/a.example/new.wasm").toString());
    }

    @Test
    void aBrokenSite_keepsItsLastGoodContent_othersAreUnaffected() throws Exception {
        mkdir("conf/sites/a.example/public");
        mkdir("conf/sites/b.example/public");
        write("conf/sites/a.example/site.toml", "fallback = \"/good\"\n");
        Route before = route(read(), "a.example", "/...");

        write("conf/sites/a.example/site.toml", "fallback = \"/bad\"\ncolour = 1\n");
        Configuration broken = read();
        write("conf/sites/a.example/site.toml", "fallback = \"/mended\"\n");
        Configuration mended = read();

        assertThat(status(broken, "a.example").state()).isEqualTo(SiteState.KEPT);
        assertThat(route(broken, "a.example", "/...")).isEqualTo(before);
        assertThat(status(broken, "b.example").state()).isEqualTo(SiteState.SERVED);
        assertThat(broken.warnings()).hasSize(1);
        assertThat(((ServeFolder) route(mended, "a.example", "/...").action()).fallback())
                .contains("/mended");
        assertThat(mended.warnings()).isEmpty();
    }

    @Test
    void aSiteBrokenSinceTheStart_answers503() throws Exception {
        write("conf/sites/a.example/site.toml", "colour = 1\n");

        Configuration read = read();

        assertThat(status(read, "a.example").state()).isEqualTo(SiteState.BROKEN);
        assertThat(route(read, "a.example", "/...").action())
                .isEqualTo(new Refuse(Refuse.Reason.BROKEN));
    }

    @Test
    void aSuspendedSite_answersWithThePageOfTheProvider() throws Exception {
        mkdir("conf/sites/a.example/public");
        write("conf/sites/a.example/site.toml", "colour = 1\n");
        write("conf/pages/unpaid.html", "pay");
        write(
                "conf/sites.d/a.example.toml",
                "suspended = true\nsuspended-page = \"pages/unpaid.html\"\n");

        Route route = route(read(), "a.example", "/...");

        assertThat(route.action()).isEqualTo(new Refuse(Refuse.Reason.SUSPENDED));
        assertThat(route.errorPages().of(503)).isPresent();

        write("conf/sites.d/a.example.toml", "suspended = fals\n");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SUSPENDED);

        write("conf/sites.d/a.example.toml", "suspended = false\n");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.BROKEN);
    }

    @Test
    void theProvidersFile_namesHosts_andTheDefaultSite() throws Exception {
        write("conf/jetway.toml", "default-site = \"www\"\n" + HANDLERS);
        mkdir("conf/sites/www/public");
        mkdir("conf/sites/B.Example/public");
        write(
                "conf/sites.d/www.toml",
                "hosts = [\"WWW.example\"]\naliases = [\"*.www.example\"]\n");

        Configuration read = read();

        assertThat(status(read, "www").hosts())
                .containsExactly("www.example", "*.www.example", Site.ANY_HOST);
        assertThat(status(read, "B.Example").hosts()).containsExactly("b.example");
    }

    @Test
    void aLinkedFolder_isASite_butItsOwnLinksDoNotLeadOut() throws Exception {
        Path other = mkdir("other/secret");
        Path real = mkdir("real/a");
        mkdir("real/a/releases/5");
        Files.createSymbolicLink(real.resolve("public"), Path.of("releases/5"));
        Files.createSymbolicLink(folder.resolve("conf/sites/a.example"), real);
        Path bad = mkdir("conf/sites/b.example");
        Files.createSymbolicLink(bad.resolve("public"), other);
        Path dangling = mkdir("conf/sites/c.example");
        Files.createSymbolicLink(dangling.resolve("data"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("conf/sites/d.example"), Path.of("nowhere"));
        Path file = mkdir("conf/sites/e.example");
        Files.createSymbolicLink(file.resolve("site.toml"), write("x.toml", ""));

        Configuration read = read();

        assertThat(((ServeFolder) route(read, "a.example", "/...").action()).root())
                .isEqualTo(real.resolve("releases/5"));
        assertThat(read.sites())
                .extracting(SiteStatus::name, SiteStatus::state)
                .containsExactly(
                        tuple("a.example", SiteState.SERVED),
                        tuple("b.example", SiteState.BROKEN),
                        tuple("c.example", SiteState.SERVED),
                        tuple("e.example", SiteState.BROKEN));
        assertThat(read.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "conf/sites/b.example/public: error: leads out of the site's folder: name"
                                + " something inside it",
                        "conf/sites/e.example/site.toml: error: is a link or a folder: put the file"
                                + " itself there");
    }

    @Test
    void anUnreadableFolder_isReported() throws Exception {
        Path secret = mkdir("conf/sites/a.example");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(secret), "root reads everything");

        assertThat(read().warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "conf/sites/a.example: error: cannot be read: check that the server may"
                                + " read it");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void sitesAreAddedAndRemoved_butKeptWhileTheirParentCannotBeListed() throws Exception {
        mkdir("conf/sites/a.example");
        assertThat(read().sites()).hasSize(1);

        mkdir("conf/sites/b.example");
        assertThat(read().sites()).hasSize(2);

        Files.delete(folder.resolve("conf/sites/a.example"));
        assertThat(read().sites()).extracting(SiteStatus::name).containsExactly("b.example");

        Files.move(folder.resolve("conf/sites"), folder.resolve("conf/away"));
        assertThat(read().sites()).extracting(SiteStatus::name).containsExactly("b.example");
    }

    @Test
    void binaryAndHugeFiles_areReported() throws Exception {
        Files.write(
                mkdir("conf/sites/a.example").resolve("site.toml"), new byte[] {(byte) 0xff, 0, 1});
        Files.write(mkdir("conf/sites/b.example").resolve("modules.toml"), new byte[(4 << 20) + 1]);

        assertThat(read().warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "conf/sites/a.example/site.toml: error: is not UTF-8 text",
                        "conf/sites/b.example/modules.toml: error: is larger than 4194304 bytes");
    }

    @Test
    void oneChangeAmongTwoThousandSites_readsOneSite() throws Exception {
        int sites = 2000;
        for (int i : IntStream.range(0, sites).toArray()) {
            mkdir("conf/sites/s%04d.example/public".formatted(i));
        }
        Configuration first = read();
        assertThat(first.sites()).hasSize(sites);
        assertThat(reader.sitesRead()).isEqualTo(sites);

        assertThat(read().routes()).isEqualTo(first.routes());
        assertThat(reader.sitesRead()).isZero();

        write("conf/sites/s0777.example/site.toml", "fallback = \"/x\"\n");
        assertThat(read().routes()).isNotEqualTo(first.routes()).hasSameSizeAs(first.routes());
        assertThat(reader.sitesRead()).isEqualTo(1);

        write("conf/sites.d/s0042.example.toml", "suspended = true\n");
        read();
        assertThat(reader.sitesRead()).isEqualTo(1);
    }

    @Test
    void aChangeOfAPlan_readsTheSitesOfThatPlan() throws Exception {
        for (String site : List.of("a.example", "b.example", "c.example")) {
            mkdir("conf/sites/" + site);
        }
        write("conf/plans/gold.toml", "running-limit = 8\n");
        write("conf/sites.d/a.example.toml", "plan = \"gold\"\n");
        assertThat(route(read(), "a.example", "/...").site().share().running()).isEqualTo(8);

        write("conf/plans/gold.toml", "running-limit = 9\n");
        assertThat(route(read(), "a.example", "/...").site().share().running()).isEqualTo(9);
        assertThat(reader.sitesRead()).isEqualTo(1);
    }

    @Test
    void foldersOfUsers_areSitesOfTheirOwn_onceTheyHaveADocumentRoot() throws Exception {
        write(
                "conf/jetway.toml",
                """
                user-sites = "../home/*/public_html"
                user-hosts = ["u.example"]
                """
                        + HANDLERS);
        mkdir("home/alice/public_html");
        mkdir("home/alice/public");
        mkdir("home/bob");
        mkdir("conf/sites/alice/public");
        write("home/alice/site.toml", "hosts = [\"x.example\"]\n");
        write("conf/sites.d/alice.toml", "hosts = [\"y.example\"]\n");

        Configuration read = read();

        assertThat(read.sites()).extracting(SiteStatus::name).containsExactly("alice", "~alice");
        assertThat(status(read, "~alice").hosts()).containsExactly("u.example/~alice");
        assertThat(patterns(read, "~alice")).containsExactly("/~alice/...");
        assertThat(read.warnings())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("'x.example' is not for a site to name"));
        assertThat(read.sources().byPath()).containsKey(folder.resolve("home/bob/public_html"));

        write("home/alice/site.toml", "");
        mkdir("home/bob/public_html");
        Configuration mended = read();
        assertThat(((ServeFolder) route(mended, "~alice", "/~alice/...").action()).root())
                .isEqualTo(folder.resolve("home/alice/public_html"));
        assertThat(patterns(mended, "~bob")).containsExactly("/~bob/...");
    }

    @Test
    void hostsOfAUser_areAnError() throws Exception {
        write("conf/jetway.toml", "user-sites = \"../home/*/public_html\"\n" + HANDLERS);
        mkdir("home/alice/public_html");
        write("conf/sites.d/~alice.toml", "hosts = [\"x.example\"]\n");

        assertThat(status(read(), "~alice").problems())
                .extracting(Object::toString)
                .containsExactly(
                        "conf/sites.d/~alice.toml:1: error: 'x.example': a user's site answers"
                                + " below /~alice only: take it out");
    }

    private static final String REFUSAL =
            "may be written by others than its owner and the server's groups";

    private void chmod(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
    }

    @Test
    void filesThatOthersMayWrite_areRefusedByTheOption_andTheSiteStaysAsItWas() throws Exception {
        write("conf/jetway.toml", HANDLERS + "[server]\nrefuse-writable-by-others = true\n");
        mkdir("conf/sites/a.example/public");
        mkdir("conf/sites/b.example/public");
        write("conf/sites/a.example/site.toml", "index = [\"one.html\"]\n");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SERVED);

        chmod("conf/sites/a.example/site.toml", "rw-rw-rw-");
        Configuration kept = read();
        assertThat(status(kept, "a.example").state()).isEqualTo(SiteState.KEPT);
        assertThat(status(kept, "a.example").problems())
                .singleElement()
                .asString()
                .startsWith("conf/sites/a.example/site.toml: error: " + REFUSAL);
        assertThat(status(kept, "b.example").state()).isEqualTo(SiteState.SERVED);

        chmod("conf/sites/a.example/site.toml", "rw-rw----");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SERVED);
    }

    @Test
    void aSuspendedSite_staysSuspended_whoeverMayWriteTheProvidersFile() throws Exception {
        write("conf/jetway.toml", HANDLERS + "[server]\nrefuse-writable-by-others = true\n");
        mkdir("conf/sites/a.example/public");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SERVED);
        write("conf/sites.d/a.example.toml", "suspended = true\n");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SUSPENDED);

        chmod("conf/sites.d/a.example.toml", "rw-rw-rw-");
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SUSPENDED);
    }

    @Test
    void aScriptInCgiBinThatOthersMayWrite_hasNoRoute() throws Exception {
        write("conf/jetway.toml", HANDLERS + "[server]\nrefuse-writable-by-others = true\n");
        write("conf/sites/a.example/cgi-bin/a.pl", "");
        write("conf/sites/a.example/cgi-bin/b.pl", "");
        chmod("conf/sites/a.example/cgi-bin/b.pl", "rw-r--rw-");

        assertThat(patterns(read(), "a.example"))
                .containsExactly("/cgi-bin/a.pl/...", "/cgi-bin/...", "/...");
        assertThat(status(read(), "a.example").problems())
                .singleElement()
                .asString()
                .startsWith(
                        "conf/sites/a.example/cgi-bin/b.pl: warning: is not run: it " + REFUSAL);

        chmod("conf/sites/a.example/cgi-bin/b.pl", "rw-r--r--");
        assertThat(patterns(read(), "a.example")).contains("/cgi-bin/b.pl/...");
    }

    @Test
    void theServersOwnFiles_areRefusedAsAWhole() throws Exception {
        write("conf/jetway.toml", HANDLERS + "[server]\nrefuse-writable-by-others = true\n");
        write("conf/plans/gold.toml", "");
        assertThat(read().warnings()).isEmpty();
        for (String name : List.of("conf/jetway.toml", "conf/plans/gold.toml")) {
            chmod(name, "rw-r--rw-");
            assertThatThrownBy(this::read)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(name + ": error: " + REFUSAL);
            chmod(name, "rw-r--r--");
        }
    }
}
