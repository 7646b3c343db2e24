package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import dev.jetway.module.source.ModuleException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tail call needs no stack, whatever it calls and however. */
final class TailCallsTest {
    private static final long MANY = 300_000;
    private static final String MODULE =
            """
            (module
              (type $count (func (param i64 i64) (result i64)))
              (table funcref (elem $other $indirect $plain $wrong))
              (func $self (export "self") (type $count)
                (if (i64.eqz (local.get 0)) (then (return (local.get 1))))
                (return_call $self (i64.sub (local.get 0) (i64.const 1))
                                   (i64.add (local.get 1) (i64.const 1))))
              (func $one (export "one") (type $count)
                (if (i64.eqz (local.get 0)) (then (return (local.get 1))))
                (return_call $other (i64.sub (local.get 0) (i64.const 1))
                                    (i64.add (local.get 1) (i64.const 1))))
              (func $other (type $count)
                (if (i64.eqz (local.get 0)) (then (return (local.get 1))))
                (return_call $one (i64.sub (local.get 0) (i64.const 1))
                                  (i64.add (local.get 1) (i64.const 1))))
              (func $indirect (export "indirect") (type $count)
                (if (i64.eqz (local.get 0)) (then (return (local.get 1))))
                (return_call_indirect (type $count)
                  (i64.sub (local.get 0) (i64.const 1)) (i64.add (local.get 1) (i64.const 1))
                  (i32.const 1)))
              ;; Reached through a table from a tail call, and calls in turn as usual.
              (func $plain (export "plain") (type $count)
                (i64.add (call $one (local.get 0) (local.get 1))
                         (call $indirect (i64.const 3) (i64.const 0))))
              (func (export "by-table") (param i64 i64 i32) (result i64)
                (return_call_indirect (type $count)
                  (local.get 0) (local.get 1) (local.get 2)))
              (func $wrong (result i64) (i64.const 7))
              (func $several (export "several") (param i64) (result i64 i64)
                (if (i64.eqz (local.get 0)) (then (return (i64.const 4) (i64.const 2))))
                (return_call $several (i64.sub (local.get 0) (i64.const 1))))
              (func $none (export "none") (param i64)
                (if (i64.eqz (local.get 0)) (then (return)))
                (return_call $none (i64.sub (local.get 0) (i64.const 1)))))
            """;

    private static Instance instance() throws ModuleException {
        return Wat.compiled(MODULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"self", "one", "indirect"})
    void hundredsOfThousandsInARow(String function) throws Exception {
        assertThat(instance().export(function).apply(MANY, 0)).containsExactly(MANY);
    }

    @Test
    void severalResultsAndNone() throws Exception {
        assertThat(instance().export("several").apply(MANY)).containsExactly(4, 2);
        assertThat(instance().export("none").apply(MANY)).isNullOrEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void throughATable_callsWhatHasTailCallsItself(int entry) throws Exception {
        assertThat(instance().export("by-table").apply(MANY, 5, entry)).containsExactly(MANY + 5);
    }

    /** The callee must not hand anything back to the loop around. */
    @Test
    void throughATable_callsWhatHasNone() throws Exception {
        assertThat(instance().export("by-table").apply(10, 5, 2)).containsExactly(18);
        assertThat(instance().export("plain").apply(10, 5)).containsExactly(18);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, -1})
    void ofAnotherTypeOrOutside_trap(int entry) throws Exception {
        Instance instance = instance();

        assertThatThrownBy(() -> instance.export("by-table").apply(1, 1, entry))
                .isInstanceOf(ChicoryException.class);
    }

    /** Types are checked before the calls are taken apart. */
    @Test
    void ofAnotherResult_isNoValidModule() {
        byte[] module =
                HexFormat.ofDelimiter(" ")
                        .parseHex(
                                "00 61 73 6d 01 00 00 00 01 09 02 60 00 01 7f 60 00 01 7e"
                                        + " 03 03 02 00 01 0a 0b 02 04 00 12 01 0b 04 00 42 00 0b");

        assertThatThrownBy(() -> Wat.compiled(module))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("is not a valid WebAssembly module");
    }

    /** When this fails, the engine's compiler needs no stack, and TailCalls is not needed. */
    @Test
    void theEngineAloneNeedsStack() throws Exception {
        var module = Parser.parse(Wat.binary(MODULE));
        var machines = MachineFactoryCompiler.compile(module);
        Instance instance = Instance.builder(module).withMachineFactory(machines).build();

        assertThatThrownBy(() -> instance.export("one").apply(10 * MANY, 0))
                .hasMessageContaining("call stack exhausted");
    }
}
