package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.memory.LinearMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The array is as long as the memory where a module grows it in large constant steps only, and its
 * end is where it is for all others.
 */
final class ExactMemoryTest {
    private static final int PAGE = Memory.PAGE_SIZE;

    private static LinearMemory grown(String grow) throws Exception {
        Instance instance =
                Wat.compiled(
                        "(module (memory 1 1000) (func (export \"f\") (param i32) (result i32) "
                                + grow
                                + "))");
        instance.export("f").apply(128);
        return (LinearMemory) instance.memory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(memory.grow (i32.const 128)) | 129",
                "(memory.grow (i32.const 300)) | 301",
                "(drop (memory.grow (i32.const 128))) (memory.grow (i32.const 200)) | 329",
                "(memory.size) | 1",
            })
    void largeConstantStepsOnly_exact(String grow, int pages) throws Exception {
        LinearMemory memory = grown(grow);

        assertThat(memory.pages()).isEqualTo(pages);
        assertThat(memory.bytes).hasSize(pages * PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memory.grow (i32.const 127))",
                "(memory.grow (local.get 0))",
                "(memory.grow (i32.add (i32.const 128) (i32.const 0)))",
                "(drop (memory.grow (i32.const 128))) (memory.grow (i32.const 1))",
                "(memory.grow (if (result i32) (local.get 0) (then (i32.const 128))"
                        + " (else (i32.const 128))))",
                "(drop (memory.grow (i32.const 127))) (memory.grow (i32.const -1))",
            })
    void anyOtherStep_roomForTheNext(String grow) throws Exception {
        LinearMemory memory = grown(grow);

        assertThat(memory.pages()).isBetween(128, 130);
        assertThat(memory.bytes.length).isGreaterThan(memory.limit);
    }

    /** A function that the engine interprets grows the memory by the engine's way. */
    @Test
    void oneFunctionInterpreted_roomForTheNext() throws Exception {
        int deep = 40_000;
        byte[] binary =
                Wat.binary(
                        "(module (memory 1 1000) (func (export \"f\") (result i32)"
                                + " (memory.grow (i32.const 128))) (func (result i32)\n"
                                + "i32.const 1\n".repeat(deep)
                                + "i32.add\n".repeat(deep - 1)
                                + "))");
        ModuleImage image = ModuleCompiler.compile(binary, 64, CodeLimits.DEFAULT);
        assertThat(image.interpreted()).hasSize(1);
        CompiledModule module = CompiledModule.link("0", image);
        Instance instance =
                Instance.builder(module.wasm())
                        .withMachineFactory(module.machineFactory())
                        .withMemoryFactory(LinearMemory::new)
                        .build();

        instance.export("f").apply();

        var memory = (LinearMemory) instance.memory();
        assertThat(memory.pages()).isEqualTo(129);
        assertThat(memory.bytes.length).isGreaterThan(memory.limit);
    }

    /** Loads and stores of each size, by address, at two constant offsets. */
    private static Instance accesses(int offset) throws Exception {
        var text = new StringBuilder("(module (memory 1 1000)");
        text.append("(func (export \"grow\") (drop (memory.grow (i32.const 128))))");
        for (String load :
                new String[] {
                    "i32.load8_u", "i32.load16_u", "i32.load", "i64.load", "f32.load", "f64.load"
                }) {
            text.append("(func (export \"%s\") (param i32)".formatted(load));
            text.append(" (drop (%s offset=%d (local.get 0))))".formatted(load, offset));
        }
        for (String store :
                new String[] {
                    "i32.store8", "i32.store16", "i32.store", "i64.store", "f32.store", "f64.store"
                }) {
            String type = store.substring(0, 3);
            text.append("(func (export \"%s\") (param i32)".formatted(store));
            text.append(" (%s offset=%d (local.get 0)".formatted(store, offset));
            text.append(" (%s.const 1)))".formatted(type));
        }
        return Wat.compiled(text.append(")").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "i32.load8_u, 1", "i32.load16_u, 2", "i32.load, 4", "i64.load, 8", "f32.load, 4",
        "f64.load, 8", "i32.store8, 1", "i32.store16, 2", "i32.store, 4", "i64.store, 8",
        "f32.store, 4", "f64.store, 8"
    })
    void lastBytes_areTheMemorys_andTheNextAreNot(String access, int size) throws Exception {
        for (int offset : new int[] {0, 16}) {
            Instance instance = accesses(offset);
            for (int pages : new int[] {1, 129}) {
                int last = pages * PAGE - size - offset;
                instance.export(access).apply(last);
                // The largest addresses wrap around with the offset in 32 bits.
                for (int beyond : new int[] {last + 1, pages * PAGE, Integer.MAX_VALUE, -1, -16}) {
                    assertThatThrownBy(() -> instance.export(access).apply(beyond))
                            .as(access + " " + offset + " " + beyond)
                            .isInstanceOf(WasmRuntimeException.class)
                            .hasMessageContaining("out of bounds memory access");
                }
                instance.export("grow").apply();
            }
        }
    }

    /** A caller goes on with the array that its callee has grown. */
    @Test
    void growthInACallee_keepsWhatWasWritten() throws Exception {
        Instance instance =
                Wat.compiled(
                        """
                        (module (memory 1 1000)
                          (func $grow (drop (memory.grow (i32.const 128))))
                          (func (export "f") (result i32)
                            (i32.store (i32.const 8) (i32.const 40))
                            (call $grow)
                            (i32.store (i32.const 8388600) (i32.const 2))
                            (i32.add (i32.load (i32.const 8)) (i32.load (i32.const 8388600)))))
                        """);

        assertThat(instance.export("f").apply()).containsExactly(42);
        assertThat(instance.memory().readInt(8)).isEqualTo(40);
    }
}
