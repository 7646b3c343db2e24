package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.unit.ByteSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModuleCacheTest {
    /** A module with an exported function that returns a number: {@code (i32.const N)}. */
    private static byte[] returning(int number) {
        return new byte[] {
            0,
            'a',
            's',
            'm',
            1,
            0,
            0,
            0,
            1,
            5,
            1,
            0x60,
            0,
            1,
            0x7f,
            3,
            2,
            1,
            0,
            7,
            5,
            1,
            1,
            'f',
            0,
            0,
            10,
            6,
            1,
            4,
            0,
            0x41,
            (byte) number,
            0x0b
        };
    }

    @TempDir private Path folder;

    private ModuleCache cacheIn(Path directory) {
        return new ModuleCache(
                new ModuleCacheSettings(
                        Optional.of(directory),
                        ByteSize.ofMebibytes(64),
                        ByteSize.ofMebibytes(1),
                        2));
    }

    private ModuleCache cache() {
        return cacheIn(folder.resolve("cache"));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("module"), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long call(ModuleLoad load) {
        CompiledModule module = load.module();
        return Instance.builder(module.wasm())
                .withMachineFactory(module.machineFactory())
                .build()
                .export("f")
                .apply()[0];
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(f -> f.getFileName().toString().contains("-jdk"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aBinaryIsCompiledOnceAndThenInMemory() throws Exception {
        var cache = cache();
        Path module = file(returning(7));

        ModuleLoad first = cache.load(module);
        ModuleLoad second = cache.load(module);

        assertThat(first.origin()).isEqualTo(Origin.COMPILED);
        assertThat(second.origin()).isEqualTo(Origin.MEMORY);
        assertThat(second.module()).isSameAs(first.module());
        assertThat(call(first)).isEqualTo(7);
    }

    @Test
    void theSameBytesUnderTwoNamesAreOneModule() throws Exception {
        var cache = cache();
        CompiledModule first = cache.load(file(returning(7))).module();

        Path other = Files.write(folder.resolve("other.wasm"), returning(7));

        assertThat(cache.load(other).module()).isSameAs(first);
    }

    @Test
    void callersAtOnceWaitForOneCompilation() throws Exception {
        var cache = cache();
        Path module = file(returning(7));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ModuleLoad> load = () -> cache.load(module);
            var origins = new ArrayList<Origin>();
            for (Future<ModuleLoad> f : executor.invokeAll(List.of(load, load, load, load))) {
                origins.add(f.get().origin());
            }
            assertThat(origins)
                    .containsExactlyInAnyOrder(
                            Origin.COMPILED, Origin.MEMORY, Origin.MEMORY, Origin.MEMORY);
        }
    }

    @Test
    void aSecondProcessFindsTheCodeOnDisk() throws Exception {
        Path module = file(returning(7));
        cache().load(module);

        ModuleLoad again = cache().load(module);

        assertThat(again.origin()).isEqualTo(Origin.DISK);
        assertThat(call(again)).isEqualTo(7);
    }

    @Test
    void onlyTheOwnerMayReadTheFolder() throws Exception {
        cache().load(file(returning(7)));

        assertThat(Files.getPosixFilePermissions(folder.resolve("cache")))
                .allMatch(p -> p.name().startsWith("OWNER"));
        assertThat(Files.getPosixFilePermissions(entry()))
                .allMatch(p -> p.name().startsWith("OWNER"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 200})
    void anEntryWithAFlippedBitIsCompiledAnew(int position) throws Exception {
        Path module = file(returning(7));
        cache().load(module);
        byte[] bytes = Files.readAllBytes(entry());
        bytes[position] ^= 1;
        Files.write(entry(), bytes);

        assertThat(cache().load(module).origin()).isEqualTo(Origin.COMPILED);
        assertThat(cache().load(module).origin()).isEqualTo(Origin.DISK);
        assertThat(call(cache().load(module))).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 33, 500})
    void anEntryThatWasCutIsCompiledAnew(int length) throws Exception {
        Path module = file(returning(7));
        cache().load(module);
        Files.write(entry(), Arrays.copyOf(Files.readAllBytes(entry()), length));

        assertThat(cache().load(module).origin()).isEqualTo(Origin.COMPILED);
    }

    @Test
    void anEntryMadeWithAnotherKeyIsNeverRun() throws Exception {
        cacheIn(folder.resolve("elsewhere")).load(file(returning(9)));
        cache().load(file(returning(7)));
        try (Stream<Path> files = Files.list(folder.resolve("elsewhere"))) {
            Path foreign = files.filter(f -> f.toString().contains("-jdk")).toList().getFirst();
            Files.copy(foreign, folder.resolve("cache").resolve(foreign.getFileName()));
        }

        assertThat(cache().load(file(returning(9))).origin()).isEqualTo(Origin.COMPILED);
    }

    @Test
    void anEntryUnderAnotherModulesNameIsNeverRun() throws Exception {
        cache().load(file(returning(7)));
        Path seven = entry();
        byte[] code = Files.readAllBytes(seven);
        Files.delete(seven);
        cache().load(file(returning(9)));
        Files.write(entry(), code);

        ModuleLoad load = cache().load(file(returning(9)));

        assertThat(load.origin()).isEqualTo(Origin.COMPILED);
        assertThat(call(load)).isEqualTo(9);
    }

    @Test
    void aFolderThatCannotBeUsedIsDoneWithout() throws Exception {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");

        assertThat(call(cacheIn(notAFolder).load(file(returning(7))))).isEqualTo(7);
    }

    @Test
    void aFolderThatOthersMayWriteIsNotTrusted() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path module = file(returning(7));
        cacheIn(open).load(module);

        assertThat(cacheIn(open).load(module).origin()).isEqualTo(Origin.COMPILED);
        assertThat(open).isEmptyDirectory();
    }

    @Test
    void textIsAssembled() throws Exception {
        Path text = file(";; a comment\n(module (func (export \"f\") (result i32) i32.const 5))");

        assertThat(call(cache().load(text))).isEqualTo(5);
    }

    @Test
    void anErrorInTextHasItsLineAndColumn() throws Exception {
        Path text = file("(module\n  (func (export \"f\")\n    (bogus)))");

        assertThatThrownBy(() -> cache().load(text))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("line 3:6: error: unexpected token \"bogus\"");
    }

    @Test
    void aComponentIsNamedAsSuch() throws Exception {
        Path component = file(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});

        assertThatThrownBy(() -> cache().load(component))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("is a component, not a core module: build it for");
    }

    @Test
    void whatIsNoModuleIsSaidToBeNone() throws Exception {
        assertThatThrownBy(() -> cache().load(file("#!/bin/sh\n")))
                .hasMessage("is not a WebAssembly module: neither binary nor text");
        assertThatThrownBy(() -> cache().load(file(""))).hasMessage("is empty");
        assertThatThrownBy(() -> cache().load(file(new byte[] {0, 'a', 's', 'm', 1, 0, 0})))
                .hasMessage("is not a WebAssembly module: it ends within its header");
        assertThatThrownBy(() -> cache().load(file(new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0})))
                .hasMessage("is WebAssembly of version 2, not 1");
        assertThatThrownBy(() -> cache().load(folder)).hasMessageStartingWith("is a folder");
        assertThatThrownBy(() -> cache().load(folder.resolve("none")))
                .hasMessageStartingWith("there is no such file");
    }

    @Test
    void aBinaryThatEndsEarlyIsNotValid() throws Exception {
        byte[] whole = returning(7);
        Path cut = file(Arrays.copyOf(whole, whole.length - 3));

        assertThatThrownBy(() -> cache().load(cut))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("is not a valid WebAssembly module: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aModuleOverTheSizeLimitIsRefused() throws Exception {
        byte[] module = returning(7);
        var exact =
                new ModuleCacheSettings(
                        Optional.empty(), ByteSize.ofMebibytes(1), new ByteSize(module.length), 1);
        var less =
                new ModuleCacheSettings(
                        Optional.empty(),
                        ByteSize.ofMebibytes(1),
                        new ByteSize(module.length - 1),
                        1);

        assertThat(call(new ModuleCache(exact).load(file(module)))).isEqualTo(7);
        assertThatThrownBy(() -> new ModuleCache(less).load(file(module)))
                .hasMessageStartingWith("is larger than " + (module.length - 1) + "B");
    }

    @Test
    void textOverItsLimitIsRefused() throws Exception {
        String start = "(module (func (export \"f\") (result i32) i32.const 5))";
        String exact = start + " ".repeat(TextAssembler.MAX_TEXT - start.length());

        var large =
                new ModuleCacheSettings(
                        Optional.of(folder.resolve("cache")),
                        ByteSize.ofMebibytes(64),
                        ByteSize.ofMebibytes(2),
                        1);
        assertThat(call(new ModuleCache(large).load(file(exact)))).isEqualTo(5);
        assertThatThrownBy(() -> new ModuleCache(large).load(file(exact + " ")))
                .hasMessageContaining("text of more than");
    }

    @Test
    void importsAndExportsAreKnown() throws Exception {
        Path text =
                file(
                        """
                        (module
                          (import "env" "hook" (func (param i32)))
                          (import "env" "store" (memory 1))
                          (func (export "plain"))
                          (func (export "taking") (param i32)))
                        """);

        CompiledModule module = cache().load(text).module();

        assertThat(module.imports())
                .containsExactly(
                        new ImportName("env", "hook", true), new ImportName("env", "store", false));
        assertThat(module.hasFunction("plain")).isTrue();
        assertThat(module.hasFunction("taking")).isFalse();
        assertThat(module.exportsFunction("taking")).isTrue();
        assertThat(module.exportsFunction("none")).isFalse();
    }
}
