package dev.jetway.module;

import static dev.jetway.module.Fixtures.call;
import static dev.jetway.module.Fixtures.returning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import dev.jetway.base.ByteSize;
import dev.jetway.module.ImportName.Kind;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.TextAssembler;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    @TempDir private Path folder;

    private static ModuleCache cacheIn(Path directory) {
        return new ModuleCache(ModuleCacheSettings.in(Optional.of(directory), 2));
    }

    private static ModuleCache limitedTo(long moduleBytes, Optional<Path> directory) {
        return new ModuleCache(
                new ModuleCacheSettings(
                        directory,
                        ByteSize.ofMebibytes(64),
                        ByteSize.ofMebibytes(64),
                        new ByteSize(moduleBytes),
                        1));
    }

    private ModuleCache cache() {
        return cacheIn(folder.resolve("cache"));
    }

    private FileReference file(byte[] bytes) throws IOException {
        return new FileReference(Files.write(folder.resolve("module"), bytes));
    }

    private FileReference file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(f -> f.getFileName().toString().endsWith(".module"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aBinaryIsCompiledOnceAndThenInMemory() throws Exception {
        var cache = cache();
        FileReference module = file(returning(7));

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

        assertThat(cache.load(new FileReference(other)).module()).isSameAs(first);
    }

    @Test
    void callersAtOnceWaitForOneCompilation() throws Exception {
        var cache = cache();
        FileReference module = file(returning(7));
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
        FileReference module = file(returning(7));
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
        FileReference module = file(returning(7));
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
        FileReference module = file(returning(7));
        cache().load(module);
        Files.write(entry(), Arrays.copyOf(Files.readAllBytes(entry()), length));

        assertThat(cache().load(module).origin()).isEqualTo(Origin.COMPILED);
    }

    @Test
    void anEntryMadeWithAnotherKeyIsNeverRun() throws Exception {
        cacheIn(folder.resolve("elsewhere")).load(file(returning(9)));
        cache().load(file(returning(7)));
        try (Stream<Path> files = Files.list(folder.resolve("elsewhere"))) {
            Path foreign = files.filter(f -> f.toString().endsWith(".module")).toList().getFirst();
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
        FileReference module = file(returning(7));
        cacheIn(open).load(module);

        assertThat(cacheIn(open).load(module).origin()).isEqualTo(Origin.COMPILED);
        assertThat(open).isEmptyDirectory();
    }

    @Test
    void textIsAssembled() throws Exception {
        FileReference text =
                file(";; a comment\n(module (func (export \"f\") (result i32) i32.const 5))");

        assertThat(call(cache().load(text))).isEqualTo(5);
    }

    @Test
    void anErrorInTextHasItsLineAndColumn() throws Exception {
        FileReference text = file("(module\n  (func (export \"f\")\n    (bogus)))");

        assertThatThrownBy(() -> cache().load(text))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("line 3:6: error: unexpected token \"bogus\"");
    }

    @Test
    void aComponentIsNamedAsSuch() throws Exception {
        FileReference component = file(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});

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
        assertThatThrownBy(() -> cache().load(new FileReference(folder)))
                .hasMessageStartingWith("is a folder");
        assertThatThrownBy(() -> cache().load(new FileReference(folder.resolve("none"))))
                .hasMessageStartingWith("there is no such file");
    }

    @Test
    void aBinaryThatEndsEarlyIsNotValid() throws Exception {
        byte[] whole = returning(7);
        FileReference cut = file(Arrays.copyOf(whole, whole.length - 3));

        assertThatThrownBy(() -> cache().load(cut))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("is not a valid WebAssembly module: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aModuleOverTheSizeLimitIsRefused() throws Exception {
        byte[] module = returning(7);
        var exact = limitedTo(module.length, Optional.empty());
        var less = limitedTo(module.length - 1, Optional.empty());

        assertThat(call(exact.load(file(module)))).isEqualTo(7);
        assertThatThrownBy(() -> less.load(file(module)))
                .hasMessageStartingWith("is larger than " + (module.length - 1) + "B")
                .extracting("reason")
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void textOverItsLimitIsRefused() throws Exception {
        String start = "(module (func (export \"f\") (result i32) i32.const 5))";
        String exact = start + " ".repeat(TextAssembler.MAX_TEXT - start.length());

        var large = limitedTo(2 << 20, Optional.of(folder.resolve("cache")));

        assertThat(call(large.load(file(exact)))).isEqualTo(5);
        assertThatThrownBy(() -> large.load(file(exact + " ")))
                .hasMessageContaining("text of more than");
    }

    @Test
    void importsAndExportsAreKnown() throws Exception {
        FileReference text =
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
                        new ImportName("env", "hook", Kind.FUNCTION),
                        new ImportName("env", "store", Kind.MEMORY));
        assertThat(module.hasFunction("plain")).isTrue();
        assertThat(module.hasFunction("taking")).isFalse();
        assertThat(module.exportsFunction("taking")).isTrue();
        assertThat(module.exportsFunction("none")).isFalse();
    }

    @Test
    void twoCachesOnOneFolderServeTheSameModulesAtOnce() throws Exception {
        var files = new ArrayList<Path>();
        for (int i = 0; i < 20; i++) {
            files.add(Files.write(folder.resolve("module" + i), returning(i)));
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                var one = cache();
                var other = cache()) {
            var loads = new ArrayList<Future<ModuleLoad>>();
            for (Path module : files) {
                loads.add(executor.submit(() -> one.load(new FileReference(module))));
                loads.add(executor.submit(() -> other.load(new FileReference(module))));
            }
            for (int i = 0; i < loads.size(); i++) {
                assertThat(call(loads.get(i).get())).isEqualTo(i / 2);
            }
        }
        for (int i = 0; i < files.size(); i++) {
            ModuleLoad again = cache().load(new FileReference(files.get(i)));
            assertThat(again.origin()).isEqualTo(Origin.DISK);
            assertThat(call(again)).isEqualTo(i);
        }
    }

    @Test
    void callersOfABadModuleAllLearnWhatIsWrong() throws Exception {
        var cache = cache();
        byte[] whole = returning(7);
        FileReference cut = file(Arrays.copyOf(whole, whole.length - 3));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ModuleLoad> load = () -> cache.load(cut);
            for (Future<ModuleLoad> f : executor.invokeAll(List.of(load, load, load))) {
                assertThatThrownBy(f::get)
                        .cause()
                        .isInstanceOf(ModuleException.class)
                        .extracting("reason")
                        .isEqualTo(Reason.MALFORMED);
            }
        }
        assertThat(cache.statistics().failures()).isEqualTo(3);
    }

    @Test
    void anEvictedModuleComesBackFromDisk() throws Exception {
        Path seven = Files.write(folder.resolve("seven"), returning(7));
        long kibibytes = cache().load(new FileReference(seven)).module().cost() / 1024 + 1;

        assertThat(originOfThirdLoad(seven, 2 * kibibytes)).isEqualTo(Origin.MEMORY);
        assertThat(originOfThirdLoad(seven, 2 * kibibytes - 1)).isEqualTo(Origin.DISK);
    }

    /** Loads a module, three times another one of the same size, and the module again. */
    private Origin originOfThirdLoad(Path module, long memoryKibibytes) throws Exception {
        Path other = Files.write(folder.resolve("other"), returning(8));
        try (var cache =
                new ModuleCache(
                        new ModuleCacheSettings(
                                Optional.of(folder.resolve("cache")),
                                ByteSize.ofKibibytes(memoryKibibytes),
                                ByteSize.ofMebibytes(1),
                                ByteSize.ofMebibytes(1),
                                1))) {
            cache.load(new FileReference(module));
            for (int i = 0; i < 3; i++) {
                cache.load(new FileReference(other));
            }
            // Unused modules would come back from disk.
            System.gc();
            ModuleLoad last = cache.load(new FileReference(module));
            assertThat(call(last)).isEqualTo(7);
            return last.origin();
        }
    }

    @Test
    void statisticsCountWhatWasDone() throws Exception {
        FileReference module = file(returning(7));
        var first = cache();
        first.load(module);
        first.load(module);
        var second = cache();
        second.load(module);

        assertThat(first.statistics())
                .satisfies(s -> {
                    assertThat(s.compilations()).isEqualTo(1);
                    assertThat(s.memoryHits()).isEqualTo(1);
                    assertThat(s.diskLoads()).isZero();
                    assertThat(s.modules()).isEqualTo(1);
                    assertThat(s.cost().bytes()).isPositive();
                    assertThat(s.compiling()).isPositive();
                });
        assertThat(second.statistics().diskLoads()).isEqualTo(1);
        assertThat(second.statistics().compilations()).isZero();
    }

    @Test
    void anInterpreterIsKnownFromTheBytesThatRun_alsoFromDiskAndAfterItsFileWasReplaced()
            throws Exception {
        String other = "(module (func (export \"f\") (result i32) i32.const 5))";
        FileReference file =
                file(other.replace("(func", "(memory 1) (data (i32.const 0) \"PERL5LIB\") (func"));
        CompiledModule compiled = cache().load(file).module();
        CompiledModule stored = cache().load(file).module();

        Files.writeString(file.path(), other);

        assertThat(compiled.isInterpreter()).isTrue();
        assertThat(stored.isInterpreter()).isTrue();
        assertThat(cache().load(file).module().isInterpreter()).isFalse();
    }

    @Test
    void textIsAssembledOnceAndThenOnDisk() throws Exception {
        FileReference text = file("(module (func (export \"f\") (result i32) i32.const 5))");
        cache().load(text);

        var second = cache();
        second.load(text);

        assertThat(second.statistics().compilations()).isZero();
        assertThat(second.statistics().diskLoads()).isEqualTo(1);
    }

    @Test
    void theAssemblerItselfComesFromDiskTheSecondTime() throws Exception {
        cache().load(file("(module (func (export \"f\") (result i32) i32.const 5))"));

        var second = cache();
        second.load(file("(module (func (export \"f\") (result i32) i32.const 6))"));

        assertThat(second.statistics().compilations()).isEqualTo(1);
        assertThat(second.statistics().diskLoads()).isEqualTo(1);
    }

    @Test
    void recall_bringsWhatWasCompiledBeforeAndCompilesNothing() throws Exception {
        FileReference module = file(returning(7));
        var cache = cache();
        assertThat(cache.recall(module)).isEmpty();
        cache().load(module);

        assertThat(cache.recall(module)).isPresent();
        assertThat(cache.recall(module)).as("in memory already").isEmpty();
        assertThat(cache.load(module).origin()).isEqualTo(Origin.MEMORY);
        assertThat(cache.statistics().compilations()).isZero();
    }

    @Test
    void recall_stopsWhereThereIsNoMoreRoom() throws Exception {
        Path seven = Files.write(folder.resolve("seven"), returning(7));
        Path eight = Files.write(folder.resolve("eight"), returning(8));
        long kibibytes = cache().load(new FileReference(seven)).module().cost() / 1024 + 1;
        cache().load(new FileReference(eight));

        assertThat(isRecalled(eight, seven, kibibytes)).isFalse();
        assertThat(isRecalled(eight, seven, kibibytes + 1)).isTrue();
    }

    private boolean isRecalled(Path module, Path before, long memoryKibibytes) {
        try (var cache =
                new ModuleCache(
                        ModuleCacheSettings.in(Optional.of(folder.resolve("cache")), 1)
                                .within(
                                        ByteSize.ofKibibytes(memoryKibibytes),
                                        ByteSize.ofMebibytes(1)))) {
            assertThat(cache.recall(new FileReference(before))).isPresent();
            return cache.recall(new FileReference(module)).isPresent();
        }
    }

    @Test
    void aFileThatChangesWhileItWaitsForTheCompilerIsNotTakenForAnother() throws Exception {
        FileReference module = file(returning(7));
        var changing =
                new ModuleCache(
                        ModuleCacheSettings.in(Optional.empty(), 1),
                        work ->
                                new Thread(() -> {
                                    write(module.path(), returning(9));
                                    work.run();
                                }));

        assertThatThrownBy(() -> changing.load(module))
                .hasMessage("changed while it was loaded: try again");
        assertThat(call(changing.load(module))).isEqualTo(9);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCallerThatIsInterruptedStillGetsItsModule() throws Exception {
        var cache = cache();
        FileReference module = file(returning(7));

        Thread.currentThread().interrupt();
        ModuleLoad load = cache.load(module);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(call(load)).isEqualTo(7);
        assertThat(cache().load(module).origin()).isEqualTo(Origin.DISK);
    }

    @Test
    void anInstanceOfTheModuleAsWrittenIsRefused() throws Exception {
        byte[] binary = returning(7);
        CompiledModule module = cache().load(file(binary)).module();
        var other = Instance.builder(Parser.parse(binary));

        assertThatThrownBy(() -> other.withMachineFactory(module.machineFactory()).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsThatCannotBeKeptAreRefused() {
        assertThatThrownBy(() -> limitedTo((1L << 30) + 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(limitedTo(1L << 30, Optional.empty()).statistics().modules()).isZero();

        ModuleCacheSettings settings = ModuleCacheSettings.in(Optional.empty(), 1);
        assertThatThrownBy(() -> settings.compiling(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(settings.compiling(1).compileThreads()).isEqualTo(1);
    }
}
