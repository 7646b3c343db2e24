package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.TestRoutes;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.tls.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationOptionsTest {
    @TempDir Path folder = Path.of("");

    private CommandRun jetway = new CommandRun(folder, folder);

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(
                folder.resolve("modules.toml"),
                """
                [[module]]
                route = "/"
                module = "a.wasm"
                environment = { OWN = "route", A = "route" }
                """);
        Files.writeString(
                folder.resolve("jetway.toml"),
                """
                [server]
                listen = "127.0.0.1:1"
                admin-listen = "127.0.0.1:2"
                hostname = "file.example"
                log-dir = "file-logs"
                module-cache = "file-cache"
                """);
        jetway = new CommandRun(folder, folder);
    }

    @Test
    void serve_options_winOverTheFile() {
        ServerSettings settings =
                settings(
                        "-l",
                        "[::1]:0",
                        "--admin-listen",
                        "localhost:3",
                        "--hostname",
                        "a.b:80",
                        "--module-cache",
                        "cache",
                        "--log-dir",
                        "logs");

        assertThat(settings.listen().address()).hasToString("[::1]:0");
        assertThat(settings.listen().admin()).hasToString("localhost:3");
        assertThat(settings.listen().hostname()).contains("a.b:80");
        assertThat(settings.modules().cache()).contains(folder.resolve("cache"));
        assertThat(settings.guests().logDirectory()).contains(folder.resolve("logs"));
    }

    @Test
    void serve_noOptions_keepsTheFile() {
        ServerSettings settings = settings();

        assertThat(settings.listen().address()).hasToString("127.0.0.1:1");
        assertThat(settings.listen().admin()).hasToString("127.0.0.1:2");
        assertThat(settings.listen().hostname()).contains("file.example");
        assertThat(settings.modules().cache()).contains(folder.resolve("file-cache"));
        assertThat(settings.guests().logDirectory()).contains(folder.resolve("file-logs"));
    }

    @Test
    void serve_logDirectoryVariable_standsBetweenOptionAndFile() {
        jetway.with("WAGI_LOG_DIR", "variable-logs");

        assertThat(settings().guests().logDirectory()).contains(folder.resolve("variable-logs"));
        assertThat(settings("--log-dir", "logs").guests().logDirectory())
                .contains(folder.resolve("logs"));
    }

    @Test
    void serve_noModuleCache_takesTheUsersCacheFolder() throws IOException {
        Files.delete(folder.resolve("jetway.toml"));

        assertThat(settings().modules().cache()).isEmpty();
        jetway.with("HOME", "/home/u");
        assertThat(settings().modules().cache()).contains(Path.of("/home/u/.cache/jetway/modules"));
        jetway.with("XDG_CACHE_HOME", "relative");
        assertThat(settings().modules().cache()).contains(Path.of("/home/u/.cache/jetway/modules"));
        jetway.with("XDG_CACHE_HOME", "/xdg");
        assertThat(settings().modules().cache()).contains(Path.of("/xdg/jetway/modules"));
    }

    @ParameterizedTest
    @CsvSource({
        "--listen 8080, --listen: '8080' is not HOST:PORT",
        "-l localhost:65536, --listen: 'localhost:65536' is not HOST:PORT",
        "--admin-listen ::1:80, --admin-listen: '::1:80' is not HOST:PORT",
        "--hostname a:b, --hostname: 'a:b' is not HOST or HOST:PORT"
    })
    void serve_badAddress_isRefused(String options, String message) {
        assertThat(serve(options.split(" ", -1))).isEqualTo(2);
        assertThat(jetway.err()).startsWith("jetway: " + message);
        assertThat(jetway.err().lines()).hasSize(1);
    }

    @Test
    void serve_env_takesSeveralValuesAndDropsQuotes() {
        serve("-e", "A=1", "B=\"two words\"", "--env", "C='x'", "-e", "D=", "E= a=b ", "-l", "a:1");

        assertThat(environment().entrySet())
                .containsExactly(
                        Map.entry("A", "route"),
                        Map.entry("B", "two words"),
                        Map.entry("C", "x"),
                        Map.entry("D", ""),
                        Map.entry("E", " a=b "),
                        Map.entry("OWN", "route"));
    }

    @Test
    void serve_env_unbalancedQuotesAndPlaceholdersStay() {
        serve("-e", "B=\"", "C=\"x'", "D=${ENV:HOME}", "E=${sys:user.name}");

        assertThat(environment())
                .containsEntry("B", "\"")
                .containsEntry("C", "\"x'")
                .containsEntry("D", "${ENV:HOME}")
                .containsEntry("E", "${sys:user.name}");
    }

    @Test
    void serve_envFile_isReadAndTheOptionWins() throws IOException {
        Files.writeString(
                folder.resolve("one.env"),
                "# comment\n\n  NAME = \"value one\"  \nB=file\r\n#C=1\nD = 'q' \n");
        Files.writeString(folder.resolve("two.env"), "D=two\n");

        serve("--env-file", "one.env", "two.env", "-e", "B=option");

        assertThat(environment())
                .containsEntry("NAME", "value one")
                .containsEntry("B", "option")
                .containsEntry("D", "two")
                .doesNotContainKey("C");
    }

    @ParameterizedTest
    @CsvSource({
        "A, --env 'A': there is no '=': write NAME=VALUE",
        "=1, --env '=1': there is no name before the '='"
    })
    void serve_badEnv_isRefused(String pair, String message) {
        assertThat(serve("-e", pair)).isEqualTo(2);
        assertThat(jetway.err()).isEqualToIgnoringNewLines("jetway: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "'A=1\nB', f.env:2: there is no '=': write NAME=VALUE",
        "'\n = 1', f.env:2: there is no name before the '='"
    })
    void serve_badEnvFile_isRefusedWithItsLine(String text, String message) throws IOException {
        Files.writeString(folder.resolve("f.env"), text);

        assertThat(serve("--env-file", "f.env")).isEqualTo(2);
        assertThat(jetway.err()).isEqualToIgnoringNewLines("jetway: " + message);
    }

    @Test
    void serve_unreadableEnvFile_isRefused() throws IOException {
        assertThat(serve("--env-file", "none.env")).isEqualTo(2);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines("jetway: --env-file none.env: there is no such file");

        Files.write(folder.resolve("l.env"), "A=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(serve("--env-file", "l.env")).isEqualTo(2);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines("jetway: --env-file l.env: is not UTF-8 text");
    }

    @Test
    void serve_sizeOfAnEnvFile_isBounded() throws IOException {
        Files.writeString(
                folder.resolve("f.env"), "A=" + "x".repeat(EnvironmentOptions.MAX_FILE - 2));
        assertThat(serve("--env-file", "f.env")).isZero();

        Files.writeString(
                folder.resolve("f.env"), "A=" + "x".repeat(EnvironmentOptions.MAX_FILE - 1));
        assertThat(serve("--env-file", "f.env")).isEqualTo(2);
        assertThat(jetway.err()).contains("is larger than 1048576 bytes");
    }

    @Test
    void serve_wasmtimeCacheFile_isAcceptedWithAWarning() {
        assertThat(serve("--cache", "cache.toml")).isZero();
        assertThat(jetway.err()).startsWith("--cache: warning: ");
        assertThat(jetway.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bindle x/1",
                "-b x/1",
                "--bindle-path p",
                "--bindle-url http://a/v1",
                "--bindle-server http://a/v1",
                "--bindle-http-user u",
                "--bindle-http-password p",
                "--bindle-insecure",
                "-k"
            })
    void serve_bindle_isRefusedWithASentence(String option) {
        assertThat(serve(option.split(" ", -1))).isEqualTo(2);
        assertThat(jetway.err())
                .startsWith("jetway: --bindle")
                .contains("bindles are not supported: unpack the bundle");
        assertThat(jetway.err().lines()).hasSize(1);
    }

    @Test
    void serve_tls_readsBothFiles() throws Exception {
        TestCertificate made = TestCertificate.make(folder, "EC");
        String certificate = made.certificate().toString();
        String key = made.key().toString();

        assertThat(settings("--tls-cert", certificate, "--tls-key", key).listen().tls())
                .hasValueSatisfying(tls -> {
                    assertThat(tls.identities().getFirst().chain()).hasSize(1);
                    assertThat(tls.listen()).isEmpty();
                });
        assertThat(
                        jetway.with("WAGI_TLS_CERT", certificate)
                                .with("WAGI_TLS_KEY", key)
                                .run("serve", "-c", folder.toString()))
                .isZero();
        assertThat(jetway.started().server().listen().tls()).isPresent();
    }

    @Test
    void serve_tlsByHalves_isRefused() {
        assertThat(serve("--tls-cert", "c.pem")).isEqualTo(2);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines("jetway: --tls-cert and --tls-key need each other");
        assertThat(serve("--tls-cert", "c.pem", "--tls-key", "k.pem")).isEqualTo(2);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines("jetway: TLS: the file 'c.pem' cannot be read");
        assertThat(jetway.with("WAGI_TLS_CERT", "c.pem").run("serve", "-c", "")).isEqualTo(2);
    }

    private int serve(String... options) {
        var arguments = new ArrayList<>(List.of("serve", "-c", folder.toString()));
        arguments.addAll(List.of(options));
        return jetway.run(arguments.toArray(String[]::new));
    }

    private ServerSettings settings(String... options) {
        assertThat(serve(options)).isZero();
        return jetway.started().server();
    }

    private SequencedMap<String, String> environment() {
        return TestRoutes.action(jetway.started().routes().getFirst()).environment();
    }
}
