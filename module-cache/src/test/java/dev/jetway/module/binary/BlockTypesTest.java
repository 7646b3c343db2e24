package dev.jetway.module.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Block types are signed numbers of 33 bits: an index, or a value type below zero. */
final class BlockTypesTest {
    @ParameterizedTest
    @ValueSource(ints = {Opcode.BLOCK, Opcode.LOOP, Opcode.IF})
    void everyIndexIsAnIndex(int opcode) throws Exception {
        var wrong = new ArrayList<Integer>();
        for (int type = 0; type < 260; type++) {
            byte[] form = EngineForm.of(NumericModule.block(opcode, type, 260));
            Instance instance = Instance.builder(Parser.parse(form)).build();
            if (instance.export("f").apply()[0] != 42) {
                wrong.add(type);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void inAModuleWithNoMoreTypes() throws Exception {
        byte[] form = EngineForm.of(NumericModule.block(Opcode.BLOCK, 100, 101));

        assertThat(Instance.builder(Parser.parse(form)).build().export("f").apply())
                .containsExactly(42);
    }

    /** When this fails, the engine reads them, and BodyRewriter need not. */
    @Test
    void theEngineAloneTakesSomeForValueTypes() {
        byte[] module = NumericModule.block(Opcode.BLOCK, 100, 101);

        assertThatThrownBy(() -> Parser.parse(module)).isInstanceOf(ChicoryException.class);
    }
}
