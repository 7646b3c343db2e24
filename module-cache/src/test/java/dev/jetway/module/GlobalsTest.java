package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import dev.jetway.module.source.ModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each instance has its own globals, wherever generated code finds the first one. */
final class GlobalsTest {
    private static final String FUNCTIONS =
            """
            (func (export "get") (result i64) (global.get $g))
            (func (export "set") (param i64) (global.set $g (local.get 0)))
            (func (export "add") (param i64) (result i64)
              (global.set $g (i64.add (global.get $g) (local.get 0))) (global.get $g))
            """;

    private static Instance with(String fields, ImportValues imports) throws ModuleException {
        byte[] binary = Wat.binary("(module " + fields + FUNCTIONS + ")");
        return Wat.compiled(binary, imports);
    }

    private static void assertCounts(Instance instance, long from) {
        assertThat(instance.export("get").apply()).containsExactly(from);
        assertThat(instance.export("add").apply(2)).containsExactly(from + 2);
        instance.export("set").apply(from + 7);
        assertThat(instance.export("get").apply()).containsExactly(from + 7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memory 1) (global $g (mut i64) (i64.const 5))",
                "(memory 0) (global $g (mut i64) (i64.const 5))",
                "(memory 1) (global f64 (f64.const 1)) (global $g (mut i64) (i64.const 5))",
                "(global $g (mut i64) (i64.const 5))"
            })
    void globalOfEachInstanceOfAModule(String fields) throws Exception {
        Instance one = with(fields, ImportValues.empty());
        Instance other = with(fields, ImportValues.empty());

        assertCounts(one, 5);
        assertCounts(other, 5);
        assertThat(one.export("get").apply()).containsExactly(12);
    }

    @Test
    void importedGlobal() throws Exception {
        var global = new GlobalInstance(Value.i64(5), MutabilityType.Var);
        ImportValues imports =
                ImportValues.builder().addGlobal(new ImportGlobal("m", "g", global)).build();
        Instance instance =
                with(
                        "(import \"m\" \"g\" (global $g (mut i64))) (memory 1)"
                                + " (global (mut i64) (i64.const 80))",
                        imports);

        assertCounts(instance, 5);
        assertThat(global.getValue()).isEqualTo(12);
    }

    @Test
    void instancesThatShareAMemory() throws Exception {
        Instance owner =
                with(
                        "(memory (export \"memory\") 1 2) (global $g (mut i64) (i64.const 5))",
                        ImportValues.empty());
        Memory memory = owner.memory();
        ImportValues imports =
                ImportValues.builder().addMemory(new ImportMemory("m", "memory", memory)).build();

        Instance guest =
                with(
                        "(import \"m\" \"memory\" (memory 1 2)) (global $g (mut i64) (i64.const 80))",
                        imports);

        assertCounts(owner, 5);
        assertCounts(guest, 80);
        assertCounts(owner, 12);
    }

    @Test
    void globalThatTheStartFunctionSets() throws Exception {
        Instance instance =
                with(
                        "(memory 1) (global $g (mut i64) (i64.const 1)) (start $s)"
                                + " (func $s (global.set $g (i64.const 5)))",
                        ImportValues.empty());

        assertCounts(instance, 5);
        assertThat(instance.global(0).getType()).isEqualTo(ValType.I64);
    }
}
