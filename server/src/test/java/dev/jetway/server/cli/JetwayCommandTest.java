package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JetwayCommandTest {
    @TempDir Path folder = Path.of("");

    private CommandRun jetway = new CommandRun(folder, folder);

    @BeforeEach
    void writeRoutes() throws IOException {
        Files.writeString(
                folder.resolve("modules.toml"),
                """
                [[module]]
                route = "/a/..."
                module = "a.wasm"
                [[module]]
                route = "/a/b/..."
                module = "b.wasm"
                time-limit = "90s"
                [[module]]
                route = "/"
                module = "c.wat"
                entrypoint = "main"
                memory-limit = "1MiB"
                """);
        Path conf = Files.createDirectories(folder.resolve("home/conf"));
        Files.writeString(
                conf.resolve("modules.toml"), "[[module]]\nroute = '/home'\nmodule = 'h.wasm'\n");
        jetway = new CommandRun(folder, folder.resolve("home"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void version_printsItself(String word) {
        assertThat(jetway.run(word)).isZero();
        assertThat(jetway.out()).startsWith("Jetway 1.2.3 on Java ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void help_listsTheCommands(String word) {
        assertThat(jetway.run(word)).isZero();
        assertThat(jetway.out()).contains("serve", "routes", "version", "help", "--debug");
        assertThat(jetway.err()).isEmpty();
    }

    @Test
    void help_ofServe_listsItsOptionsWithoutTheRefusedOnes() {
        assertThat(jetway.run("help", "serve")).isZero();
        String help = jetway.out();
        assertThat(jetway.run("serve", "--help")).isZero();
        assertThat(jetway.out()).isEqualTo(help).contains("--listen").doesNotContain("bindle");
    }

    @Test
    void help_unknownCommand_isAnError() {
        assertThat(jetway.run("help", "srve")).isEqualTo(2);
        assertThat(jetway.err()).isEqualToIgnoringNewLines("jetway: there is no command 'srve'");
    }

    @Test
    void routes_printsThemByPrecedence() {
        assertThat(jetway.run("routes", "-c", "modules.toml")).isZero();
        assertThat(jetway.out().lines().map(l -> l.replaceAll(" +", " ")))
                .containsExactly(
                        "SITE ROUTE MODULE ENTRYPOINT TIME MEMORY FROM",
                        "default / c.wat main 30s 1MiB modules.toml:8",
                        "default /a/b/... b.wasm _start 90s 256MiB modules.toml:4",
                        "default /a/... a.wasm _start 30s 256MiB modules.toml:1");
        assertThat(jetway.starts()).isZero();
    }

    @Test
    void serve_startsAwaitsAndCloses() {
        assertThat(jetway.run("serve", "-c", "modules.toml")).isZero();
        assertThat(jetway.out()).isEqualToIgnoringNewLines("started");
        assertThat(jetway.started().routes()).hasSize(3);
        assertThat(jetway.closed()).isEqualTo(1);
    }

    @Test
    void serve_noConfig_usesConfHereElseThatOfTheInstallation() throws IOException {
        jetway.run("serve");
        assertThat(jetway.started().routes().getFirst().pattern()).hasToString("/home");

        Files.copy(
                folder.resolve("modules.toml"),
                Files.createDirectory(folder.resolve("conf")).resolve("modules.toml"));
        jetway.run("serve");
        assertThat(jetway.started().routes().getFirst().position())
                .hasToString("conf/modules.toml:1");
    }

    @ParameterizedTest
    @CsvSource({
        "'', name a command (see jetway help)",
        "srve, Unmatched argument at index 0: 'srve' (see jetway help)",
        "serve --lisen a:1, 'Unknown options: ''--lisen'', ''a:1'' (see jetway help)'",
        "serve @x, Unmatched argument at index 1: '@x' (see jetway help)",
        "serve -l, Missing required parameter for option '--listen' (HOST:PORT) (see jetway help)"
    })
    void usageErrors_areOneLine(String arguments, String message) {
        assertThat(jetway.run(words(arguments))).isEqualTo(2);
        assertThat(jetway.err()).isEqualToIgnoringNewLines("jetway: " + message);
        assertThat(jetway.out()).isEmpty();
    }

    @Test
    void configurationErrors_areAllPrintedWithoutAStackTrace() throws IOException {
        Files.writeString(folder.resolve("bad.toml"), "[[module]]\nmodul = 'x'\nargv = 1\n");

        assertThat(jetway.run("serve", "-c", "bad.toml")).isEqualTo(2);
        assertThat(jetway.err().lines())
                .containsExactly(
                        "bad.toml:1: error: this [[module]] needs a 'route'",
                        "bad.toml:1: error: this [[module]] needs a 'module'",
                        "bad.toml:2: warning: unknown key 'modul' — did you mean 'module'?",
                        "bad.toml:3: error: 'argv' must be a text in quotes");
        assertThat(jetway.starts()).isZero();
    }

    @Test
    void configurationWarnings_areOnStderrAndTheServerStarts() throws IOException {
        Files.writeString(
                folder.resolve("warned.toml"),
                "[[module]]\nroute = '/'\nmodule = 'x'\nhost = 'a'\n");

        assertThat(jetway.run("serve", "-c", "warned.toml")).isZero();
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines(
                        "warned.toml:4: warning: 'host' is not supported yet and has no effect");
    }

    @Test
    void serve_addressInUse_isReported() {
        var failure = new IOException("Failed to bind to /127.0.0.1:80", inUse());

        assertThat(jetway.failingWith(failure).run("serve", "-c", "modules.toml")).isEqualTo(2);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines(
                        "jetway: Failed to bind to /127.0.0.1:80: the address is already in use:"
                                + " stop who listens there, or name another with --listen or"
                                + " --admin-listen");
    }

    @Test
    void serve_portNotPermitted_isReported() {
        var cause = new BindException("Permission denied");
        var failure = new IOException("Failed to bind to /127.0.0.1:80", cause);

        jetway.failingWith(failure).run("serve", "-c", "modules.toml");
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines(
                        "jetway: Failed to bind to /127.0.0.1:80: permission denied: a port below"
                                + " 1024 needs the right to open it (CAP_NET_BIND_SERVICE)");
    }

    @Test
    void serve_unknownHost_isReported() {
        var failure = new IOException("Failed to bind to x:80", new UnresolvedAddressException());

        jetway.failingWith(failure).run("serve", "-c", "modules.toml");
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines(
                        "jetway: Failed to bind to x:80: the host name is unknown");
    }

    @Test
    void serve_anyOtherFailure_isOneLineUnlessDebugging() {
        jetway.failingWith(new AccessDeniedException("/cache"));

        assertThat(jetway.run("serve", "-c", "modules.toml")).isEqualTo(2);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines(
                        "jetway: failed: AccessDeniedException: /cache (--debug shows where)");
        assertThat(jetway.run("serve", "-c", "modules.toml", "--debug")).isEqualTo(2);
        assertThat(jetway.err()).contains("\tat dev.jetway.server.cli.");
    }

    private static BindException inUse() {
        return new BindException("Address already in use");
    }

    private static String[] words(String arguments) {
        return arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    }
}
