package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which checks for an interrupt a function has, and which of its jumps back are counted. */
final class LoopChecksTest {
    private static MethodNode code(String body) throws Exception {
        String text =
                """
                (module
                  (type $t (func))
                  (memory 1)
                  (table 1 funcref)
                  (func $g)
                  (func $f (param i32) %s))
                """
                        .formatted(body);
        return Wat.code(text, 1);
    }

    private static int checks(MethodNode method) {
        int checks = 0;
        for (AbstractInsnNode node : method.instructions) {
            checks += node instanceof MethodInsnNode call && call.name.equals("check") ? 1 : 0;
        }
        return checks;
    }

    private static int counted(MethodNode method) {
        int counted = 0;
        for (AbstractInsnNode node : method.instructions) {
            counted += node instanceof IincInsnNode ? 1 : 0;
        }
        return counted;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nothing that could take long.
                "(drop (i32.const 1))                                           | 0 | 0",
                "(loop (drop (i32.const 1)))                                    | 0 | 0",
                "(block (br_if 0 (local.get 0)))                                | 0 | 0",
                // One check a loop, and one count a jump back.
                "(loop (br 0))                                                  | 1 | 1",
                "(loop (br_if 0 (local.get 0)))                                 | 1 | 1",
                "(loop (br_if 0 (i32.lt_s (local.get 0) (i32.const 9))))        | 1 | 1",
                "(loop (br_if 0 (local.get 0)) (br_if 0 (local.get 0)))         | 1 | 2",
                "(loop (loop (br 1)))                                           | 1 | 1",
                "(loop (loop (br_if 0 (local.get 0))) (br_if 0 (local.get 0)))  | 2 | 2",
                // A check before each jump by a table.
                "(block (loop (br_table 0 1 (local.get 0))))                    | 1 | 0",
                "(loop (loop (br_table 0 1 1 (local.get 0))))                   | 1 | 0",
                "(loop (loop (br_table 0 1 (local.get 0))) (br 0))              | 2 | 1",
                // One check in a function that calls.
                "(call $g)                                                      | 1 | 0",
                "(call $g) (call $g)                                            | 1 | 0",
                "(call_indirect (type $t) (i32.const 0))                        | 1 | 0",
                "(loop (call $g) (br_if 0 (local.get 0)))                       | 2 | 1",
                // A check before each operation that may take long.
                "(drop (memory.grow (i32.const 0))) (drop (memory.grow (i32.const 0))) | 2 | 0",
                "(table.copy (i32.const 0) (i32.const 0) (i32.const 0))         | 1 | 0",
            })
    void function(String body, int checks, int counted) throws Exception {
        MethodNode method = code(body);

        assertThat(checks(method)).isEqualTo(checks);
        assertThat(counted(method)).isEqualTo(counted);
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 110})
    void functionThatCallsNothing_checksIfItIsLarge(int pairs) throws Exception {
        MethodNode method = code("(drop (i32.const 1))".repeat(pairs));

        assertThat(checks(method)).isEqualTo(pairs > 100 ? 1 : 0);
    }
}
