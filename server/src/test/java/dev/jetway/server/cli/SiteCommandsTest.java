package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiteCommandsTest {
    @TempDir private Path folder;
    private CommandRun command;

    @BeforeEach
    void makeConfiguration() throws IOException {
        folder = folder.toRealPath();
        command = new CommandRun(folder, folder).with("HOME", folder.toString());
        Files.createDirectories(folder.resolve("conf/sites"));
        write("conf/jetway.toml", "sites = \"sites/*\"\n[limits]\ntime = \"9s\"\n");
        write("conf/plans/gold.toml", "running-limit = 8\ncaps = { time = \"20s\" }\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void add_makesFoldersAndTheProvidersFile() throws Exception {
        assertThat(
                        command.run(
                                "sites",
                                "add",
                                "alice",
                                "--host",
                                "alice.example",
                                "--plan",
                                "gold"))
                .isZero();

        assertThat(command.out()).isEqualTo(folder.resolve("conf/sites/alice") + "\n");
        assertThat(read("conf/sites.d/alice.toml"))
                .isEqualTo("plan = \"gold\"\nhosts = [\"alice.example\"]\n");
        Path site = folder.resolve("conf/sites/alice");
        for (String name : new String[] {"", "public", "cgi-bin", "data", "tmp", "logs"}) {
            assertThat(Files.getPosixFilePermissions(site.resolve(name)))
                    .isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
        }
        assertThat(command.run("check", "conf")).isZero();
        assertThat(command.out()).isEqualTo("nothing is wrong\n");
        assertThat(command.run("routes")).isZero();
        assertThat(command.out()).contains("alice ", "(files)", "conf/sites/alice/public");
    }

    @Test
    void add_aNameThatIsAHost_needsNoFile() {
        assertThat(command.run("sites", "add", "Bob.Example", "--host", "bob.example")).isZero();

        assertThat(folder.resolve("conf/sites.d")).doesNotExist();
    }

    @Test
    void add_existingSiteOrInvalidName_isRefused() {
        assertThat(command.run("sites", "add", "a.example")).isZero();
        assertThat(command.run("sites", "add", "a.example")).isEqualTo(2);
        assertThat(command.err()).contains("there is a folder");
        assertThat(command.run("sites", "add", "../x")).isEqualTo(2);
        assertThat(command.err()).contains("a site's name is");
        assertThat(command.run("sites", "add", "b", "--host", "b:80")).isEqualTo(2);
        assertThat(command.err()).contains("a host is a name without a port");
        assertThat(command.run("sites", "add", "b", "--plan", "a/b")).isEqualTo(2);
        assertThat(command.err()).contains("a plan's name is");
    }

    @Test
    void suspendAndResume_changeTwoLinesOfTheProvidersFile() throws Exception {
        command.run("sites", "add", "alice", "--host", "alice.example");
        write("pay.html", "pay");
        write(
                "conf/sites.d/alice.toml",
                "# ours\nhosts = [\"alice.example\"]\n[limits]\nsuspended = 1\n");

        assertThat(command.run("sites", "suspend", "alice", "--page", "pay.html")).isZero();
        assertThat(read("conf/sites.d/alice.toml"))
                .isEqualTo(
                        """
                        suspended = true
                        suspended-page = '../pay.html'
                        # ours
                        hosts = ["alice.example"]
                        [limits]
                        suspended = 1
                        """);
        write(
                "conf/sites.d/alice.toml",
                read("conf/sites.d/alice.toml").replace("[limits]\nsuspended = 1\n", ""));
        assertThat(command.run("sites")).isZero();
        assertThat(command.out()).contains("suspended");
        assertThat(command.run("sites", "suspend", "alice")).isZero();
        assertThat(read("conf/sites.d/alice.toml"))
                .isEqualTo("suspended = true\n# ours\nhosts = [\"alice.example\"]\n");

        assertThat(command.run("sites", "resume", "alice")).isZero();
        assertThat(read("conf/sites.d/alice.toml"))
                .isEqualTo("# ours\nhosts = [\"alice.example\"]\n");
        assertThat(command.run("sites", "suspend", "nobody")).isEqualTo(2);
        assertThat(command.err()).contains("there is no site 'nobody'");
        assertThat(command.run("sites", "suspend", "alice", "--page", "none.html")).isEqualTo(2);
        assertThat(command.err()).contains("there is no file");
    }

    @Test
    void sites_listValuesWithTheirSources() throws Exception {
        write("conf/sites.d/a.example.toml", "plan = \"gold\"\nphp = { memory_limit = \"64M\" }\n");
        write(
                "conf/sites/a.example/site.toml",
                "\nindex = [\"a.html\"]\nlimits = { memory = \"64MiB\" }\n");

        assertThat(command.run("sites", "a.example")).isZero();

        assertThat(command.out().lines().map(line -> line.replaceAll(" {2,}", " ")).toList())
                .contains(
                        "KEY VALUE FROM",
                        "plan gold conf/sites.d/a.example.toml:1",
                        "suspended false default",
                        "index [a.html] conf/sites/a.example/site.toml:2",
                        "running-limit 8 conf/plans/gold.toml:1",
                        "limits.time 9s conf/jetway.toml:3",
                        "limits.memory 64MiB conf/sites/a.example/site.toml:3",
                        "limits.stderr 64KiB default",
                        "caps.time 20s conf/plans/gold.toml:2",
                        "php.memory_limit 64M conf/sites.d/a.example.toml:2");
    }

    @Test
    void check_reportsMistakesAsTextAndJson() throws Exception {
        write("conf/sites/a.example/site.toml", "index = \"a\\\"\"\n");

        assertThat(command.run("check", "conf")).isEqualTo(2);
        assertThat(command.out())
                .isEqualTo(
                        "conf/sites/a.example/site.toml:1: error: 'index' must be a list of at most"
                                + " 20 texts\n1 problem\n");
        assertThat(command.run("check", "conf", "--json")).isEqualTo(2);
        assertThat(command.out())
                .isEqualTo(
                        "{\"good\":false,\"problems\":[{\"file\":\"conf/sites/a.example/site.toml\","
                                + "\"line\":1,\"severity\":\"error\",\"message\":\"'index' must be a"
                                + " list of at most 20 texts\"}]}\n");
        assertThat(command.run("check", "nowhere", "--json")).isEqualTo(2);
        assertThat(command.out()).startsWith("{\"good\":false,\"problems\":[{\"file\":\"nowhere");
    }

    @Test
    void check_readsTheModulesThatRoutesName() throws Exception {
        write(
                "conf/modules.toml",
                """
                [[module]]
                route = "/good"
                module = "conf/good.wasm"
                [[module]]
                route = "/text"
                module = "conf/text.wat"
                [[module]]
                route = "/missing"
                module = "conf/missing.wasm"
                [[module]]
                route = "/again"
                module = "conf/missing.wasm"
                [[module]]
                route = "/garbage"
                module = "conf/garbage.wasm"
                [[module]]
                route = "/cut"
                module = "conf/cut.wasm"
                """);
        byte[] good = Files.readAllBytes(TestServer.examples().resolve("hello.wasm"));
        Files.write(folder.resolve("conf/good.wasm"), good);
        Files.write(folder.resolve("conf/cut.wasm"), Arrays.copyOf(good, good.length / 2));
        write("conf/text.wat", "(module)");
        write("conf/garbage.wasm", "garbage");

        assertThat(command.run("check", "conf")).isEqualTo(2);
        assertThat(command.out().lines().map(line -> line.replace(folder + "/", "")))
                .hasSize(4)
                .contains(
                        "conf/modules.toml:7: error: the module conf/conf/missing.wasm: there is no such"
                                + " file: check the path in 'module'",
                        "conf/modules.toml:13: error: the module conf/garbage.wasm: is not a"
                                + " WebAssembly module: neither binary nor text")
                .anyMatch(line ->
                        line.startsWith("conf/modules.toml:16: error: the module conf/cut.wasm: "))
                .endsWith("3 problems");
    }
}
