package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.registry.Digest;
import dev.jetway.server.registry.FakeRegistry;
import dev.jetway.server.registry.TestModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class RegistryCommandsTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "cgi-wasm");

    @TempDir private Path folder;
    private FakeRegistry registry;
    private CommandRun jetway;

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
        jetway =
                new CommandRun(folder, folder)
                        .with("XDG_CACHE_HOME", folder.resolve("c").toString());
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private String reference() {
        return "oci://" + registry.host() + "/a:1";
    }

    @Test
    void pull_tellsWhatItHasPulled_andThatATagHasMoved() {
        Digest first = registry.module("a", "1", TestModules.module(1));

        assertThat(jetway.run("pull", reference())).isZero();
        assertThat(jetway.out())
                .isEqualTo(
                        "%s: 13 B, %s%n  manifest %s%n"
                                .formatted(reference(), Digest.of(TestModules.module(1)), first));
        assertThat(folder.resolve("c/jetway/registry/places")).isDirectory();
        registry.module("a", "1", TestModules.module(2));
        assertThat(jetway.run("pull", reference())).isZero();
        assertThat(jetway.out()).contains("  the tag has moved from " + first);
    }

    @Test
    void pull_ofSeveral_goesOnAfterAFailure() {
        registry.module("b", "1", TestModules.module(1));

        assertThat(jetway.run("pull", reference(), "oci://" + registry.host() + "/b:1"))
                .isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err())
                .isEqualTo(
                        "jetway: %s: is not there (404): check the name and the tag%n"
                                .formatted(reference()));
        assertThat(jetway.out()).contains("/b:1: 13 B");
    }

    @Test
    void pull_readsTheKeysOfAConfiguration() throws IOException {
        registry.module("a", "1", TestModules.module(1));
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[server]\nregistry-cache = \"kept\"\n[[route]]\npath = \"/a\"\nmodule = \"x\"\n");

        assertThat(jetway.run("pull", "--config", ".", reference())).isZero();
        assertThat(folder.resolve("kept/modules")).isDirectory();
        assertThat(jetway.run("pull", "--config", ".", "--registry-cache", "mine", reference()))
                .isZero();
        assertThat(folder.resolve("mine/modules")).isDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pull|Missing required parameter: 'REFERENCE'",
                "pull hello.wasm|Invalid REFERENCE: a module from the web needs its digest",
                "pull oci://h|Invalid REFERENCE: names no repository",
                "push hello.wasm|name a file and a reference",
                "push hello.wasm oci://h|Invalid REFERENCE: names no repository",
                "push a b c|name a file and a reference",
                "inspect a b|name one reference or file",
                "inspect https://h/x|Invalid REFERENCE: a module from the web needs its digest",
                "pull --insecure-registry a/b oci://h/a|is not a host",
                "push none.wasm oci://h/a:1|none.wasm: there is no such file",
                "inspect none.wasm|none.wasm: there is no such file",
            })
    void mistakes_areTold(String line, String told) {
        assertThat(jetway.run(line.split(" "))).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err()).contains(told);
    }

    @Test
    void push_takesBinariesOnly() throws IOException {
        Files.writeString(folder.resolve("a.wat"), "(module)");
        Files.write(folder.resolve("c.wasm"), new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});

        assertThat(jetway.run("push", "a.wat", reference())).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err()).contains("text is assembled first");
        assertThat(jetway.run("push", "c.wasm", reference())).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err()).contains("is a component");
        assertThat(jetway.run("push", "c.wasm", "https://h/x@" + Digest.of(new byte[1])))
                .isEqualTo(JetwayCommand.ERROR);
        assertThat(registry.count("/v2/a/blobs/uploads/")).isZero();
    }

    @Test
    void inspect_aFile_showsItsNames() throws IOException {
        Files.copy(EXAMPLES.resolve("hello.wasm"), folder.resolve("hello.wasm"));

        assertThat(jetway.run("inspect", "hello.wasm")).isZero();
        assertThat(jetway.out())
                .startsWith("hello.wasm\nmodule: sha256:")
                .contains("imports of wasi_snapshot_preview1: ")
                .contains("exports: memory, _start");
        Files.write(folder.resolve("bad.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 9, 9});
        assertThat(jetway.run("inspect", "bad.wasm")).isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err()).startsWith("jetway: bad.wasm: ");
    }

    @Test
    void inspect_aReference_showsTheRegistrysWordsOnOneLine() {
        byte[] config =
                "{\"os\":\"wasip1\",\"author\":\"\u001b[31m\nx\"}".getBytes(StandardCharsets.UTF_8);
        registry.artifactWith("a", "1", config, TestModules.module(1));

        assertThat(jetway.run("inspect", reference())).isEqualTo(JetwayCommand.ERROR);
        registry.module("a", "1", TestModules.module(1));
        assertThat(jetway.run("inspect", reference())).isZero();
        assertThat(jetway.out())
                .contains("configuration: application/vnd.wasm.config.v0+json {\"architecture\"")
                .contains("application/wasm, 13 B")
                .contains("pulled: never");
    }

    @Test
    void check_ofAConfiguration_pullsNothing() throws IOException {
        Files.writeString(
                folder.resolve("modules.toml"),
                "[[module]]\nroute = \"/a\"\nmodule = \"" + reference() + "\"\n");

        assertThat(jetway.run("check", ".")).isZero();
        assertThat(registry.count("/v2/a/manifests/1")).isZero();
    }
}
