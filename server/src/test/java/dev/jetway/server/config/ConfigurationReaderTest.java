package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.FileReference;
import dev.jetway.route.Rate;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.TrafficLimits;
import dev.jetway.route.VolumeLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.server.TestRoutes;
import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteLimits;
import dev.jetway.server.config.route.RouteReader;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.TomlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationReaderTest {
    private static final String ROUTE = "[[module]]\nroute = \"/\"\nmodule = \"a.wasm\"\n";

    @TempDir Path folder = Path.of("");

    @Test
    void read_noSettingsFile_givesTheDocumentedDefaults() throws Exception {
        modules(ROUTE);

        ServerSettings server = read("modules.toml").server();

        assertThat(server.listen().address()).hasToString("127.0.0.1:8080");
        assertThat(server.listen().admin()).hasToString("127.0.0.1:9090");
        assertThat(server.listen().hostname()).isEmpty();
        assertThat(server.modules().cache()).isEmpty();
        assertThat(server.guests().logDirectory()).isEmpty();
        assertThat(server.guests().slots()).isEqualTo(16);
        assertThat(server.guests().queue()).isEqualTo(1024);
        assertThat(server.guests().admissionWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(server.http().shutdownTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(LimitKeys.limits(server.routes().limits()).traffic().requestBody())
                .isEqualTo(ByteSize.ofMebibytes(64));
        assertThat(server.http().requestBodyMemory()).isEqualTo(ByteSize.ofKibibytes(64));
        assertThat(server.http().responseHead()).isEqualTo(ByteSize.ofKibibytes(32));
        assertThat(LimitKeys.limits(server.routes().limits())).isEqualTo(RouteLimits.DEFAULT);
        assertThat(server.routes().caps()).isEqualTo(LimitKeys.WIDEST_CAPS);
    }

    @Test
    void defaults_guestSlots_followTheProcessorsWithinTheRange() {
        assertThat(ServerSettingsReader.defaults(1).guests().slots()).isEqualTo(16);
        assertThat(ServerSettingsReader.defaults(32).guests().slots()).isEqualTo(128);
        assertThat(ServerSettingsReader.defaults(Integer.MAX_VALUE).guests().slots())
                .isEqualTo(4096);
    }

    @Test
    void read_everySetting_isTaken() throws Exception {
        modules(ROUTE);
        settings(
                """
                [server]
                listen = "[::1]:80"
                admin-listen = "localhost:0"
                hostname = "example.org:8443"
                log-dir = "logs"
                module-cache = "/var/cache/jetway"
                guest-slots = 4096
                guest-queue = 0
                admission-wait = "10m"
                shutdown-timeout = "0s"
                [limits]
                time = "24h"
                memory = "2GiB"
                stderr = "0"
                request-body = "1024GiB"
                request-body-memory = "256 MiB"
                response-head = "1MiB"
                """);

        Configuration read = read("");

        ServerSettings server = read.server();
        assertThat(server.listen().address()).isEqualTo(new ListenAddress("::1", 80));
        assertThat(server.listen().admin()).isEqualTo(new ListenAddress("localhost", 0));
        assertThat(server.listen().hostname()).contains("example.org:8443");
        assertThat(server.guests().logDirectory()).contains(folder.resolve("logs"));
        assertThat(server.modules().cache()).contains(Path.of("/var/cache/jetway"));
        assertThat(server.guests().slots()).isEqualTo(4096);
        assertThat(server.guests().queue()).isZero();
        assertThat(server.guests().admissionWait()).isEqualTo(Duration.ofMinutes(10));
        assertThat(server.http().shutdownTimeout()).isZero();
        assertThat(LimitKeys.limits(server.routes().limits()).traffic().requestBody())
                .isEqualTo(ByteSize.ofMebibytes(1 << 20));
        assertThat(server.http().requestBodyMemory()).isEqualTo(ByteSize.ofMebibytes(256));
        assertThat(server.http().responseHead()).isEqualTo(ByteSize.ofMebibytes(1));
        var limits =
                new GuestLimits(
                        Duration.ofHours(24),
                        Duration.ofSeconds(30),
                        ByteSize.ofMebibytes(2048),
                        new ByteSize(0),
                        Duration.ofMinutes(10),
                        FileLimits.DEFAULT);
        assertThat(LimitKeys.limits(server.routes().limits()).run()).isEqualTo(limits);
        assertThat(read.routes())
                .extracting(r -> TestRoutes.action(r).limits())
                .containsExactly(limits);
        assertThat(read.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, -",
                "0600, 0700, 600, 700",
                "0666, 0777, 666, 777",
                "640, 2750, -, -",
                "640, 750, 640, 750",
                "0640, -, 640, 750",
                "0660, -, 660, 770",
                "0600, -, 600, 700",
                "-, 0770, 660, 770",
                "-, 0711, 600, 711",
                "0400, 0700, -, -",
                "0700, 0700, -, -",
                "0600, 0600, -, -",
                "0688, 0700, -, -",
                "01600, 0700, -, -",
            })
    void read_modes_areOctal_andOneFollowsFromTheOther(
            @Nullable String file,
            @Nullable String directory,
            @Nullable String ofFile,
            @Nullable String ofDirectory)
            throws Exception {
        modules(ROUTE);
        settings(
                "[server]\n"
                        + (file == null ? "" : "file-mode = \"" + file + "\"\n")
                        + (directory == null ? "" : "dir-mode = \"" + directory + "\"\n"));

        if (ofFile == null && (file != null || directory != null)) {
            assertThatThrownBy(() -> read(""))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("-mode': is a mode in octal digits, ");
        } else {
            assertThat(read("").server().files().modes())
                    .isEqualTo(
                            Optional.ofNullable(ofFile)
                                    .map(of ->
                                            new FileModes(
                                                    Integer.parseInt(of, 8),
                                                    Integer.parseInt(
                                                            String.valueOf(ofDirectory), 8))));
        }
    }

    @Test
    void read_limitsOfARoute_winOverThoseOfTheServer() throws Exception {
        settings("[limits]\ntime = \"1s\"\nmemory = \"1MiB\"\nstderr = \"1KiB\"\n");
        modules(ROUTE + "time-limit = \"5s\"\nmemory-limit = \"64KiB\"\n");

        assertThat(TestRoutes.action(read("").routes().getFirst()).limits())
                .isEqualTo(
                        new GuestLimits(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                ByteSize.ofKibibytes(64),
                                ByteSize.ofKibibytes(1),
                                Duration.ofMinutes(10),
                                FileLimits.DEFAULT));
    }

    @Test
    void read_relativePaths_workingDirectoryFirstThenTheFolderOfTheFile() throws Exception {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.createDirectory(conf.resolve("data"));
        Files.createFile(conf.resolve("a.wasm"));
        Files.writeString(
                conf.resolve("modules.toml"), ROUTE + "volumes = { \"/data\" = \"data\" }\n");

        Route besideTheFile = read("conf").routes().getFirst();
        Files.createFile(folder.resolve("a.wasm"));
        Files.createDirectory(folder.resolve("data"));
        Route inTheWorkingDirectory = read("conf").routes().getFirst();

        assertThat(TestRoutes.action(besideTheFile).module())
                .isEqualTo(new FileReference(conf.resolve("a.wasm")));
        assertThat(TestRoutes.action(besideTheFile).volumes())
                .containsExactly(new Volume("/data", conf.resolve("data")));
        assertThat(TestRoutes.action(inTheWorkingDirectory).module())
                .isEqualTo(new FileReference(folder.resolve("a.wasm")));
        assertThat(TestRoutes.action(inTheWorkingDirectory).volumes())
                .containsExactly(new Volume("/data", folder.resolve("data")));
    }

    @Test
    void read_missingModuleFile_isLeftToTheLoader() throws Exception {
        modules(ROUTE);

        assertThat(read("modules.toml").warnings()).isEmpty();
    }

    @Test
    void read_neitherFile_isAnErrorWithARemedy() {
        thrownBy("nowhere")
                .withMessage(
                        "nowhere: error: there is no such file: name a modules.toml or its folder"
                                + " with --config");
        thrownBy("")
                .withMessage(
                        "modules.toml: error: there is no such file: name a modules.toml or its"
                                + " folder with --config");
    }

    @Test
    void read_byteOrderMarkAndCarriageReturns_areIgnored() throws Exception {
        modules("\uFEFF" + ROUTE.replace("\n", "\r\n"));

        assertThat(read("modules.toml").routes().getFirst().position())
                .hasToString("modules.toml:1");
    }

    @Test
    void read_notUtf8_isAnError() throws Exception {
        Files.write(
                folder.resolve("modules.toml"),
                "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        thrownBy("modules.toml").withMessage("modules.toml: error: is not UTF-8 text");
    }

    @Test
    void read_sizeOfAFile_isBounded() throws Exception {
        int room = TomlFile.MAX_BYTES - ROUTE.length() - 1;
        modules(ROUTE + "#" + "x".repeat(room));
        assertThat(read("modules.toml").routes()).hasSize(1);

        modules(ROUTE + "#" + "x".repeat(room + 1));
        thrownBy("modules.toml").withMessage("modules.toml: error: is larger than 4194304 bytes");
    }

    @Test
    void read_volumesOfNativeRoutes_areReadOnlyUnlessGranted() throws Exception {
        Files.createDirectory(folder.resolve("data"));
        modules(ROUTE + "volumes = { \"/data\" = \"data\" }\n");
        settings(
                """
                [[route]]
                path = "/own"
                module = "a.wasm"
                volumes = { "/read" = "data" }
                writable-volumes = { "/write" = "data" }
                """);

        assertThat(read("").routes())
                .flatExtracting(r -> TestRoutes.action(r).volumes())
                .containsExactly(
                        new Volume("/read", folder.resolve("data"), true),
                        new Volume("/write", folder.resolve("data"), false),
                        new Volume("/data", folder.resolve("data"), false));
        settings(
                """
                [[route]]
                path = "/own"
                module = "a.wasm"
                volumes = { "/data" = "data" }
                writable-volumes = { "/data" = "data" }
                """);
        thrownBy("")
                .withMessage(
                        "jetway.toml:5: error: 'writable-volumes./data': stands in 'volumes' too");
    }

    @Test
    void read_sizeOfAnErrorPage_isBounded() throws Exception {
        modules(ROUTE);
        settings("[error-pages]\n404 = 'page.txt'\n");
        Files.writeString(folder.resolve("page.txt"), "x".repeat(ErrorPagesReader.MAX_BYTES));
        assertThat(read("").routes().getFirst().errorPages().of(404)).isPresent();

        Files.writeString(folder.resolve("page.txt"), "x".repeat(ErrorPagesReader.MAX_BYTES + 1));
        thrownBy("")
                .withMessage(
                        "jetway.toml:2: error: 'error-pages.404': 'page.txt' is larger than 262144"
                                + " bytes");
    }

    @Test
    void read_errorPageThatIsNotUtf8_isRefused() throws Exception {
        modules(ROUTE);
        settings("[error-pages]\n404 = 'page.txt'\n");
        Files.write(folder.resolve("page.txt"), new byte[] {(byte) 0xff});

        thrownBy("")
                .withMessage("jetway.toml:2: error: 'error-pages.404': 'page.txt' is not UTF-8");
    }

    @Test
    void read_numberOfRoutes_isBounded() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < RouteReader.MAX_ROUTES; i++) {
            text.append("[[module]]\nroute='").append(i).append("'\nmodule='x'\n");
        }
        modules(text.toString());
        assertThat(read("modules.toml").routes()).hasSize(RouteReader.MAX_ROUTES);

        modules(text.append("[[module]]\nroute='x'\nmodule='x'\n").toString());
        thrownBy("modules.toml").withMessage("modules.toml:300001: error: more than 100000 routes");
    }

    @Test
    void read_nesting_isBounded() throws Exception {
        modules(ROUTE + "x = " + "[".repeat(100) + "]".repeat(100));
        assertThat(read("modules.toml").warnings()).hasSize(1);

        modules(ROUTE + "x = " + "[".repeat(20_000) + "]".repeat(20_000));
        thrownBy("modules.toml").withMessageContaining("Nesting is too deep");
    }

    @Test
    void read_numberOfProblems_isBounded() throws Exception {
        var text = new StringBuilder(ROUTE);
        for (int i = 0; i < Problems.MAX_KEPT + 2; i++) {
            text.append("key-").append(i).append(" = 1\n");
        }
        modules(text.toString());

        assertThat(read("modules.toml").warnings())
                .hasSize(Problems.MAX_KEPT + 1)
                .last()
                .hasToString("modules.toml: warning: and 2 more problems");
    }

    @Test
    void read_hugeKey_isCutInTheReport() throws Exception {
        modules(ROUTE + "x".repeat(1_000_000) + " = 1\n");

        assertThat(read("modules.toml").warnings())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).hasSize(Problem.MAX_MESSAGE));
    }

    private ThrowableAssertAlternative<ConfigurationException> thrownBy(String name) {
        return assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> read(name));
    }

    private void modules(String text) throws IOException {
        Files.writeString(folder.resolve("modules.toml"), text);
    }

    private void settings(String text) throws IOException {
        Files.writeString(folder.resolve("jetway.toml"), text);
    }

    private Configuration read(String name) throws ConfigurationException {
        return new ConfigurationReader(folder, 2).read(Path.of(name));
    }

    private static final String SITES =
            """
            [limits]
            time = "20s"
            rate = "2/s"
            [caps]
            time = "1m"
            running = 8
            [[site]]
            name = "alice"
            hosts = ["Alice.example", "*.alice.example"]
            running-limit = 4
            rate-limit = "600/m"
            burst-limit = 30
            volume-bytes-limit = "5MiB"
            memory-limit = "1GiB"
            limits = { cpu-time = "5s" }
            caps = { memory = "64MiB" }
            [[site.route]]
            path = "/a"
            module = "a.wasm"
            time-limit = "2m"
            running-limit = 9
            [[site]]
            name = "bob"
            hosts = ["bob.example"]
            [[site.route]]
            path = "/a"
            module = "a.wasm"
            cpu-time-limit = "7s"
            response-body-limit = "1MiB"
            request-body-limit = "2MiB"
            stderr-limit = "3KiB"
            waiting-limit = 0
            rate-limit = "1/h"
            """;

    @Test
    void read_sites_haveTheirOwnRoutesAndLimits() throws Exception {
        settings(SITES);
        Configuration read = read("");
        Route alice = read.routes().get(0);
        Route bob = read.routes().get(1);

        assertThat(alice.site())
                .isEqualTo(
                        new Site(
                                "alice",
                                List.of("alice.example", "*.alice.example"),
                                new TenantLimits(4, 256, Optional.of(new Rate(10, 30))),
                                ByteSize.ofMebibytes(1024),
                                Optional.of(
                                        new VolumeLimits(
                                                ByteSize.ofMebibytes(5), VolumeLimits.MAX_FILES))));
        assertThat(bob.site())
                .isEqualTo(
                        new Site(
                                "bob",
                                List.of("bob.example"),
                                TenantLimits.TENANT,
                                Site.MAX_MEMORY));
        assertThat(TestRoutes.action(bob).limits().wallTime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(TestRoutes.action(bob).limits().cpuTime()).isEqualTo(Duration.ofSeconds(7));
        assertThat(TestRoutes.action(bob).limits().stderr()).isEqualTo(ByteSize.ofKibibytes(3));
        assertThat(TestRoutes.action(bob).traffic())
                .isEqualTo(
                        new TrafficLimits(
                                ByteSize.ofMebibytes(2),
                                ByteSize.ofMebibytes(1),
                                new TenantLimits(8, 0, Optional.of(new Rate(1.0 / 3600, 1)))));
    }

    @Test
    void read_valueAboveItsCap_isAWarningAndTheCapHolds() throws Exception {
        settings(SITES);
        Configuration read = read("");
        Route alice = read.routes().getFirst();

        assertThat(TestRoutes.action(alice).limits().wallTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(TestRoutes.action(alice).limits().cpuTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(TestRoutes.action(alice).limits().memory()).isEqualTo(ByteSize.ofMebibytes(64));
        assertThat(TestRoutes.action(alice).traffic().share().running()).isEqualTo(8);
        assertThat(TestRoutes.action(alice).traffic().share().rate()).contains(new Rate(2, 2));
        assertThat(read.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "jetway.toml:20: warning: 'time-limit' may be 1m at most here: 1m holds",
                        "jetway.toml:21: warning: 'running-limit' may be 8 at most here: 8 holds");
    }
}
