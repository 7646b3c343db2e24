package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Loads and stores that are always within what the memory has from the beginning. */
final class KnownAddressesTest {
    private static MethodNode code(String memory, String body) throws Exception {
        String text = "(module %s (func (param i32) %s))".formatted(memory, body);
        return Wat.code(text, 0);
    }

    /** Accesses that do not look at the limit of the memory. */
    private static int unchecked(MethodNode method) {
        int unchecked = 0;
        for (AbstractInsnNode node : method.instructions) {
            boolean isAccess =
                    node instanceof MethodInsnNode call && call.owner.endsWith("/MemoryAccess");
            AbstractInsnNode limit = isAccess ? node.getPrevious() : node;
            if (isAccess && ((MethodInsnNode) node).desc.contains("[S")) {
                limit = limit.getPrevious();
            }
            unchecked += isAccess && limit.getOpcode() == Opcodes.ICONST_M1 ? 1 : 0;
        }
        return unchecked;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(memory 1)  | (drop (i32.load (i32.const 0)))                                  | 1",
                "(memory 1)  | (drop (i32.load (i32.const 65528)))                              | 1",
                "(memory 1)  | (drop (i32.load (i32.const 65529)))                              | 0",
                "(memory 2)  | (drop (i32.load (i32.const 65529)))                              | 1",
                "(memory 0)  | (drop (i32.load (i32.const 0)))                                  | 0",
                "(memory 1)  | (drop (i32.load (i32.const -1)))                                 | 0",
                "(memory 1)  | (drop (i32.load (local.get 0)))                                  | 0",
                "(memory 1)  | (drop (i64.load offset=65000 (i32.and (local.get 0) (i32.const 511)))) | 1",
                "(memory 1)  | (drop (i64.load offset=65000 (i32.and (local.get 0) (i32.const 1023)))) | 0",
                "(memory 1)  | (drop (i32.load offset=4294967295 (i32.const 1)))                | 0",
                "(memory 1)  | (i32.store8 (i32.load8_u (i32.const 9)) (i32.const 7))            | 2",
                "(memory 1)  | (i64.store (i32.shl (i32.and (local.get 0) (i32.const 7)) (i32.const 3)) (i64.const 1)) | 1",
                "(memory 1)  | (i32.store (i32.sub (i32.const 8) (i32.const 4)) (i32.const 1))   | 0",
                "(memory 1)  | (local.set 0 (i32.const 8)) (i32.store (local.get 0) (i32.const 1)) | 1",
                "(memory 1)  | (local.set 0 (i32.const 8)) (loop (i32.store (local.get 0) (i32.const 1)) (br_if 0 (local.get 0))) | 0",
                "(import \"m\" \"m\" (memory 1)) | (drop (i32.load (i32.const 0)))                | 0",
            })
    void withinTheFirstPages_notComparedWithTheLimit(String memory, String body, int unchecked)
            throws Exception {
        assertThat(unchecked(code(memory, body))).isEqualTo(unchecked);
    }

    /** The array is longer than the memory after it has grown. */
    @ParameterizedTest
    @CsvSource({"65535, 65535", "131068, 131068", "131069, -1", "200000, -1", "-4, -1"})
    void behindTheFirstPages_trapsWhereTheMemoryEnds(int address, int found) throws Exception {
        Instance instance =
                Wat.compiled(
                        """
                        (module (memory 1 9) (func (export "f") (result i32)
                          (drop (memory.grow (i32.const 1)))
                          (i32.store (i32.const %d) (i32.const %d))
                          (i32.load (i32.const %d))))
                        """
                                .formatted(address, address, address));
        if (found < 0) {
            assertThatThrownBy(() -> instance.export("f").apply())
                    .isInstanceOf(WasmRuntimeException.class)
                    .hasMessageContaining("out of bounds memory access");
        } else {
            assertThat(instance.export("f").apply()).containsExactly((long) found);
        }
        assertThat(instance.memory().pages()).isEqualTo(2);
    }
}
