package dev.jetway.module.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** The height of the stack after an instruction is what ASM's own analysis says. */
final class StackEffectTest {
    private static final String[] CLASSES = {
        "java.math.BigInteger",
        "java.math.BigDecimal",
        "java.lang.Math",
        "java.lang.StrictMath",
        "java.lang.Float",
        "java.util.Arrays",
        "java.util.HashMap",
        "java.util.Formatter"
    };

    private final BitSet seen = new BitSet();

    private static int words(Frame<BasicValue> frame) {
        int words = 0;
        for (int i = 0; i < frame.getStackSize(); i++) {
            words += frame.getStack(i).getSize();
        }
        return words;
    }

    /** Generated code has neither. */
    private static boolean isAbsent(int opcode) {
        return opcode == Opcodes.INVOKEDYNAMIC || opcode == Opcodes.MULTIANEWARRAY;
    }

    /** A difference, or an empty text. */
    private String difference(MethodNode method, String owner) throws Exception {
        Frame<BasicValue>[] frames = new Analyzer<>(new BasicInterpreter()).analyze(owner, method);
        for (int i = 0; i + 1 < frames.length; i++) {
            AbstractInsnNode node = method.instructions.get(i);
            int opcode = node.getOpcode();
            if (opcode < 0 || isAbsent(opcode) || frames[i] == null) {
                continue;
            }
            StackEffect effect = StackEffect.of(node);
            boolean ends = opcode == Opcodes.ATHROW || opcode == Opcodes.GOTO;
            boolean leaves = opcode >= Opcodes.TABLESWITCH && opcode <= Opcodes.RETURN;
            if (!ends && !leaves && frames[i + 1] != null) {
                seen.set(opcode);
                if (words(frames[i]) - effect.taken() + effect.put() != words(frames[i + 1])) {
                    return method.name + " " + i + ": opcode " + opcode;
                }
            }
            if (effect.taken() > words(frames[i])) {
                return method.name + " " + i + ": too much taken by opcode " + opcode;
            }
        }
        return "";
    }

    @Test
    void instructionsOfClassesOfTheJdk() throws Exception {
        for (String name : CLASSES) {
            var type = new ClassNode();
            new ClassReader(name).accept(type, ClassReader.SKIP_FRAMES);
            for (MethodNode method : type.methods) {
                assertThat(difference(method, type.name)).as(name).isEmpty();
            }
        }

        assertThat(seen.cardinality()).isGreaterThan(130);
    }
}
