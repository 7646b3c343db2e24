package dev.jetway.module;

import static dev.jetway.module.Fixtures.call;
import static dev.jetway.module.Fixtures.tooLarge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleLoad.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions too large for a method of the JVM. */
final class InterpretedFunctionTest {
    @TempDir private static Path folder;

    private static ModuleCache cache() {
        return new ModuleCache(ModuleCacheSettings.in(Optional.of(folder.resolve("cache")), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"call $small", "return_call $small"})
    void aFunctionThatIsTooLargeRunsInterpretedAndIsNamed(String reach) throws Exception {
        Path module = Files.write(folder.resolve("large.wat"), tooLarge(reach));

        ModuleLoad first = cache().load(module);
        ModuleLoad second = cache().load(module);

        assertThat(first.origin()).isEqualTo(Origin.COMPILED);
        assertThat(second.origin()).isEqualTo(Origin.DISK);
        assertThat(first.module().interpretedFunctions())
                .singleElement()
                .asString()
                .matches("function 1 large \\(80,00[0-9] instructions\\)");
        assertThat(second.module().interpretedFunctions())
                .isEqualTo(first.module().interpretedFunctions());
        assertThat(call(first)).isEqualTo(7);
        assertThat(call(second)).isEqualTo(7);
    }

    @Test
    void aFunctionThatFitsIsCompiled() throws Exception {
        Path module = Files.write(folder.resolve("small.wasm"), Fixtures.returning(7));

        assertThat(cache().load(module).module().interpretedFunctions()).isEmpty();
    }

    @Test
    void bodiesOfCompiledFunctionsAreGone() throws Exception {
        Path module = Files.write(folder.resolve("large.wat"), tooLarge("nop call $small"));

        var bodies = cache().load(module).module().wasm().codeSection();

        assertThat(bodies.getFunctionBody(0).instructions()).hasSize(2);
        assertThat(bodies.getFunctionBody(1).instructions()).hasSizeGreaterThan(80_000);
    }
}
