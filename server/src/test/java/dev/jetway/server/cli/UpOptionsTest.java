package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.route.ModuleRoute;
import dev.jetway.route.RunModule;
import dev.jetway.sandbox.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class UpOptionsTest {
    private static final Path DOCUMENT =
            Path.of("").toAbsolutePath().resolveSibling("docs/spin.md");

    private static final String MANIFEST =
            """
            spin_manifest_version = 2
            [variables]
            name = { default = "Ada" }
            [[trigger.http]]
            route = "/..."
            component = "a"
            executor = { type = "wagi" }
            [component.a]
            source = "a.wasm"
            environment = { NAME = "{{ name }}", TWICE = "own" }
            files = ["*.txt"]
            """;

    @TempDir Path folder = Path.of("");

    private CommandRun jetway = new CommandRun(folder, folder);

    @BeforeEach
    void writeManifest() throws IOException {
        Path app = folder.resolve("app");
        Files.createDirectories(app.resolve("deep/er"));
        Files.writeString(app.resolve("spin.toml"), MANIFEST);
        Files.copy(Path.of("..", "examples", "cgi-wasm", "hello.wasm"), app.resolve("a.wasm"));
        Files.writeString(app.resolve("a.txt"), "a");
        jetway = in("app");
    }

    private CommandRun in(String name) {
        return new CommandRun(folder.resolve(name), folder)
                .with("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    private RunModule served() {
        return ModuleRoute.among(jetway.started().routes()).findFirst().orElseThrow().action();
    }

    @Test
    void up_servesTheManifestOfTheFolderAtSpinsAddress() {
        assertThat(jetway.run("up")).as(jetway.err()).isZero();

        assertThat(jetway.started().server().listen().address()).hasToString("127.0.0.1:3000");
        assertThat(jetway.started().server().listen().admin()).hasToString("127.0.0.1:0");
        assertThat(served().environment()).containsEntry("NAME", "Ada");
        assertThat(served().volumes()).extracting(Volume::guestPath).containsExactly("/");
        assertThat(served().volumes().getFirst().readOnly()).isTrue();
        assertThat(served().volumes().getFirst().hostDirectory().resolve("a.txt")).hasContent("a");
        assertThat(jetway.closed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // working directory, option
        "app/deep/er, ''",
        ".,           -f=app",
        ".,           --from=app/spin.toml",
        ".,           --from-file=app/spin.toml",
        "app/deep,    --from=..",
    })
    void up_findsTheManifest(String here, String option) {
        jetway = in(here);

        assertThat(option.isEmpty() ? jetway.run("up") : jetway.run("up", option))
                .as(jetway.err())
                .isZero();
        assertThat(served().moduleName()).isEqualTo("a.wasm");
    }

    @Test
    void up_doesNotSearchAboveARepository() throws IOException {
        Files.createDirectory(folder.resolve("app/deep/.git"));
        jetway = in("app/deep/er");

        assertThat(jetway.run("up")).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err()).contains("there is no spin.toml here or in a folder above");
    }

    @Test
    void up_optionsWinOverTheEnvironment() {
        jetway.with("SPIN_HTTP_LISTEN_ADDR", "127.0.0.1:4000")
                .with("SPIN_VARIABLE_NAME", "environment")
                .with("SPIN_LOG_DIR", "logs");

        assertThat(jetway.run("up")).isZero();
        assertThat(jetway.started().server().listen().address()).hasToString("127.0.0.1:4000");
        assertThat(jetway.started().server().guests().logDirectory())
                .contains(folder.resolve("app/logs"));
        assertThat(served().environment()).containsEntry("NAME", "environment");
        assertThat(
                        jetway.run(
                                "up",
                                "--listen",
                                "localhost:5000",
                                "--admin-listen=127.0.0.1:5001",
                                "--variable=name=option",
                                "-e",
                                "MORE=1",
                                "TWICE=all",
                                "-L",
                                "here",
                                "--quiet",
                                "--temp=x"))
                .as(jetway.err())
                .isZero();
        assertThat(jetway.started().server().listen().address()).hasToString("localhost:5000");
        assertThat(jetway.started().server().listen().admin()).hasToString("127.0.0.1:5001");
        assertThat(jetway.started().server().guests().logDirectory())
                .contains(folder.resolve("app/here"));
        assertThat(served().environment())
                .containsEntry("NAME", "option")
                .containsEntry("MORE", "1")
                .containsEntry("TWICE", "all");
    }

    @ParameterizedTest
    @CsvSource({
        "--direct-mounts,            --direct-mounts: files are always copied",
        "--allow-transient-write,    --allow-transient-write: programs cannot write",
        "--build,                    --build: build the application first",
        "-c=a,                       --component-id: all components are served",
        "--profile=debug,            --profile: profiles are not offered",
        "--from-registry=a/b:1,      --from-registry: applications from registries",
        "--runtime-config-file=x,    --runtime-config-file: key-value stores",
        "--key-value=a=b,            --key-value: key-value stores",
        "--sqlite=x,                 --sqlite: key-value stores",
        "--state-dir=x,              --state-dir: key-value stores",
        "-f=none,                    --from: there is no file none",
        "-f=app/deep,                --from: there is no file app/deep/spin.toml",
        "--listen=3000,              --listen: '3000' is not HOST:PORT",
        "--variable=name,            Invalid value for option '--variable'",
        "--bindle=x,                 Unknown option: '--bindle=x'",
        "--config=x,                 Unknown option: '--config=x'",
    })
    void up_whatIsNotOffered_isOneClearLine(String option, String line) {
        jetway = in(".");
        List<String> words =
                option.startsWith("-f") ? List.of("up", option) : List.of("up", "-f=app", option);

        assertThat(jetway.run(words.toArray(String[]::new))).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err()).startsWith("jetway: " + line);
        assertThat(jetway.err().lines()).hasSize(1);
        assertThat(jetway.starts()).isZero();
    }

    @Test
    void check_listsFilesWithoutCopyingThem() {
        assertThat(jetway.run("check", "spin.toml")).isZero();

        assertThat(jetway.out()).isEqualToIgnoringNewLines("nothing is wrong");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void up_withoutAFolderForCopies_isAnError() {
        jetway = new CommandRun(folder.resolve("app"), folder);

        assertThat(jetway.run("up")).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines(
                        "spin.toml:11: error: there is no folder for the copies of files: set HOME"
                                + " or XDG_STATE_HOME");
    }

    @Test
    void serve_aFolderWithBothFiles_copiesIntoItsStateFolder() throws IOException {
        Files.writeString(folder.resolve("app/jetway.toml"), "state-dir = \"generated\"\n");

        assertThat(jetway.run("serve", "-c", ".")).as(jetway.err()).isZero();
        assertThat(served().volumes().getFirst().hostDirectory())
                .startsWith(folder.resolve("app/generated/spin"));
    }

    @Test
    void serve_besideModules_theManifestIsNotRead() throws IOException {
        Files.writeString(
                folder.resolve("app/modules.toml"),
                "[[module]]\nroute = \"/\"\nmodule = \"m.wasm\"\n");

        assertThat(jetway.run("serve", "-c", ".")).isZero();
        assertThat(served().moduleName()).isEqualTo("m.wasm");
        assertThat(jetway.err())
                .contains("spin.toml: warning: is not read: modules.toml stands beside it");
    }

    static Stream<String> options() {
        return new UpOptions()
                .all().stream().filter(option -> !option.isHidden()).map(CommandOption::name);
    }

    @ParameterizedTest
    @MethodSource("options")
    void document_everyOption_isNamed(String name) throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("`" + name);
    }
}
