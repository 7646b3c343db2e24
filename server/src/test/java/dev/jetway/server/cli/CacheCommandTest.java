package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheCommandTest {
    @TempDir private Path folder;
    private CommandRun jetway = new CommandRun(Path.of(""), Path.of(""));

    @BeforeEach
    void write() throws IOException {
        jetway = new CommandRun(folder, folder).with("HOME", folder.toString());
        for (String name : List.of("a", "b")) {
            Files.writeString(
                    folder.resolve(name + ".wat"),
                    "(module (memory (export \"memory\") 1) (func (export \"_start\"))"
                            + " (func (export \""
                            + name
                            + "\")))");
        }
    }

    private List<Path> entries() throws IOException {
        var entries = new ArrayList<Path>();
        Path cache = folder.resolve(".cache/jetway/modules");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(cache, "*.module")) {
            files.forEach(entries::add);
        }
        return entries;
    }

    @Test
    void compile_modules_areInTheCacheAfterwards() throws IOException {
        assertThat(jetway.run("compile", "a.wat", "b.wat")).isZero();
        assertThat(jetway.out()).contains("a.wat: ", " B, compiled in ").contains("b.wat: ");
        int after = entries().size();
        assertThat(after).isGreaterThanOrEqualTo(2);

        assertThat(jetway.run("compile", "a.wat")).isZero();
        assertThat(jetway.out()).contains("was there, loaded in ");
        assertThat(entries()).hasSize(after);
    }

    @Test
    void compile_aBadModule_isNamedAndTheOthersAreCompiled() throws IOException {
        Files.writeString(folder.resolve("bad.wasm"), "nonsense");

        assertThat(jetway.run("compile", "bad.wasm", "missing.wasm", "a.wat"))
                .isEqualTo(JetwayCommand.ERROR);
        assertThat(jetway.err().lines())
                .hasSize(2)
                .anyMatch(l -> l.startsWith("jetway: bad.wasm: is not a WebAssembly module"))
                .anyMatch(l -> l.startsWith("jetway: missing.wasm: "));
        assertThat(jetway.out()).contains("a.wat: ");
    }

    @Test
    void compile_withoutAFolder_saysWhatToDo() {
        assertThat(new CommandRun(folder, folder).run("compile", "a.wat")).isEqualTo(2);
        assertThat(jetway.run("compile")).isEqualTo(2);
        assertThat(jetway.err()).contains("MODULE");
    }

    @Test
    void list_showsAllEntries() throws IOException {
        jetway.run("compile", "a.wat");

        int count = entries().size();
        assertThat(jetway.run("cache", "list")).isZero();
        assertThat(jetway.out().lines())
                .anyMatch(l -> l.matches("[0-9a-f]{64} +[0-9.]+ (B|KiB) .*jdk\\d+"))
                .anyMatch(l -> l.matches(count + " modules, [0-9.]+ [KMi]*B"));
        assertThat(jetway.run("cache", "list", "--module-cache", "none")).isEqualTo(2);
        assertThat(jetway.err()).startsWith("jetway: the compiled modules cannot be read: ");
    }

    @Test
    void list_folderOfTheConfiguration_isUsed() throws IOException {
        Files.writeString(folder.resolve("jetway.toml"), "[server]\nmodule-cache = \"kept\"\n");
        Files.writeString(
                folder.resolve("modules.toml"), "[[module]]\nroute = '/'\nmodule = 'a.wat'\n");

        assertThat(jetway.run("compile", "-c", "", "a.wat")).isZero();
        assertThat(folder.resolve("kept")).isDirectory();
        assertThat(jetway.run("cache", "list", "-c", "")).isZero();
    }

    @Test
    void verify_aDamagedEntry_isRemoved() throws IOException {
        jetway.run("compile", "a.wat", "b.wat");
        int before = entries().size();
        assertThat(jetway.run("cache", "verify")).isZero();
        assertThat(jetway.out()).isEqualToIgnoringNewLines(before + " whole, 0 removed");

        byte[] bytes = Files.readAllBytes(entries().getFirst());
        bytes[bytes.length / 2] ^= 1;
        Files.write(entries().getFirst(), bytes);
        Files.writeString(
                entries().getFirst().resolveSibling("0".repeat(64) + "-other.module"), "foreign");

        assertThat(jetway.run("cache", "verify")).isEqualTo(1);
        assertThat(jetway.out())
                .contains("removed: damaged or foreign: ")
                .contains((before - 1) + " whole, 2 removed");
        assertThat(entries()).hasSize(before - 1);
        assertThat(jetway.run("cache", "verify")).isZero();
    }

    @Test
    void prune_byTimeBySizeOrAll_removesMatchingEntries() throws IOException {
        jetway.run("compile", "a.wat", "b.wat");
        int before = entries().size();
        Path oldest = entries().getFirst();
        Files.setLastModifiedTime(oldest, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        assertThat(jetway.run("cache", "prune", "--unused-for", "3h")).isZero();
        assertThat(jetway.out()).isEqualToIgnoringNewLines("0 removed, " + before + " left");
        assertThat(jetway.run("cache", "prune", "--unused-for", "1h")).isZero();
        assertThat(jetway.out()).isEqualToIgnoringNewLines("1 removed, " + (before - 1) + " left");
        assertThat(oldest).doesNotExist();

        assertThat(jetway.run("cache", "prune", "--to-size", "1GiB")).isZero();
        assertThat(jetway.out()).startsWith("0 removed");
        assertThat(jetway.run("cache", "prune", "--all")).isZero();
        assertThat(jetway.out()).isEqualToIgnoringNewLines((before - 1) + " removed, 0 left");
    }

    @Test
    void prune_withoutAnOption_removesNothing() throws IOException {
        jetway.run("compile", "a.wat");
        int before = entries().size();

        assertThat(jetway.run("cache", "prune")).isEqualTo(2);
        assertThat(jetway.err()).startsWith("jetway: say which: --unused-for");
        assertThat(jetway.run("cache", "prune", "--unused-for", "soon")).isEqualTo(2);
        assertThat(jetway.err()).startsWith("jetway: --unused-for: 'soon' is not a time");
        assertThat(jetway.run("cache")).isEqualTo(2);
        assertThat(jetway.err()).startsWith("jetway: name what to do: jetway cache list");
        assertThat(entries()).hasSize(before);
    }
}
