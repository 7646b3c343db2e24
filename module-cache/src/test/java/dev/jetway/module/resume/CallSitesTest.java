package dev.jetway.module.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** The analysis of a function is bounded by its instructions times its slots. */
final class CallSitesTest {
    private static final int SLOTS = 1 << 16;

    private static MethodNode function(int instructions) {
        var method = new MethodNode(Opcodes.ACC_STATIC, "func_5", "()V", null, null);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, SLOTS - 2);
        for (int i = method.instructions.size(); i < instructions - 1; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitInsn(Opcodes.RETURN);
        return method;
    }

    @Test
    void aFunctionMayBeAsLargeAsTheBound() {
        int most = (int) (CallSites.MOST / SLOTS);

        assertThat(CallSites.of(function(most), Set.of())).isEmpty();
        assertThatThrownBy(() -> CallSites.of(function(most + 1), Set.of()))
                .isInstanceOf(UnresumableException.class)
                .hasMessage("func_5 is too large to be resumed");
    }
}
