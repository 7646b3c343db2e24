package dev.jetway.module.codegen;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns a comparison followed by a jump, which the engine makes of a call that returns 0 or 1 and a
 * test of that, into a jump of the JVM's own. Negations between the two are folded: {@code
 * i32.eqz}, and {@code -1, xor, 1, and}, which compilers write without optimisation.
 */
final class Comparisons {
    private static final String OWNER = "com/dylibso/chicory/runtime/OpcodeImpl";
    private static final String[] RELATIONS = {"EQ", "NE", "LT", "GE", "GT", "LE"};
    private static final Map<String, Comparison> NAMES = names();

    private Comparisons() {}

    /**
     * A comparison as an instruction or call that yields a number below, equal to or above 0, if it
     * needs one, and a jump.
     *
     * @param first opcode that yields the number, 0 for a call, -1 for a jump that compares itself
     * @param unsigned the class whose method compares, for a call
     * @param jump opcode of the jump that is taken if the comparison holds
     */
    private record Comparison(int first, String unsigned, int jump) {
        private static final int CALL = 0;
        private static final int NONE = -1;

        @Nullable AbstractInsnNode firstNode() {
            if (first == CALL) {
                String type = unsigned.equals("java/lang/Long") ? "(JJ)I" : "(II)I";
                return new MethodInsnNode(
                        Opcodes.INVOKESTATIC, unsigned, "compareUnsigned", type, false);
            }
            return first == NONE ? null : new InsnNode(first);
        }
    }

    private static Map<String, Comparison> names() {
        var names = new HashMap<String, Comparison>();
        for (int i = 0; i < RELATIONS.length; i++) {
            String relation = RELATIONS[i];
            int jump = Opcodes.IFEQ + i;
            boolean ordered = i > 1;
            String sign = ordered ? "_S" : "";
            names.put(
                    "I32_" + relation + sign,
                    new Comparison(Comparison.NONE, "", Opcodes.IF_ICMPEQ + i));
            names.put("I64_" + relation + sign, new Comparison(Opcodes.LCMP, "", jump));
            if (ordered) {
                names.put("I32_" + relation + "_U", unsigned("java/lang/Integer", jump));
                names.put("I64_" + relation + "_U", unsigned("java/lang/Long", jump));
            }
            // No relation but NE holds for a NaN.
            boolean below = relation.startsWith("L");
            names.put(
                    "F32_" + relation,
                    new Comparison(below ? Opcodes.FCMPG : Opcodes.FCMPL, "", jump));
            names.put(
                    "F64_" + relation,
                    new Comparison(below ? Opcodes.DCMPG : Opcodes.DCMPL, "", jump));
        }
        names.put("I32_EQZ", new Comparison(Comparison.NONE, "", Opcodes.IFEQ));
        return names;
    }

    private static Comparison unsigned(String owner, int jump) {
        return new Comparison(Comparison.CALL, owner, jump);
    }

    /** Rewrites a function as the engine made it. */
    static void rewrite(MethodNode method) {
        for (AbstractInsnNode node : method.instructions.toArray()) {
            Comparison comparison = comparison(node);
            if (comparison != null) {
                rewrite(method.instructions, node, comparison);
            }
        }
    }

    private static @Nullable Comparison comparison(AbstractInsnNode node) {
        if (!(node instanceof MethodInsnNode call)) {
            return null;
        }
        if (call.owner.equals(OWNER)) {
            return NAMES.get(call.name);
        }
        // The engine's own class has another way to this one.
        return call.name.equals("i32_ge_u") && call.owner.endsWith("Shaded")
                ? NAMES.get(call.name.toUpperCase(Locale.ROOT))
                : null;
    }

    private static void rewrite(InsnList code, AbstractInsnNode call, Comparison comparison) {
        if (call.getPrevious() == null) {
            return;
        }
        boolean holds = true;
        AbstractInsnNode next = call.getNext();
        int length = negation(next);
        while (length > 0) {
            for (int i = 0; i < length; i++) {
                AbstractInsnNode after = next.getNext();
                code.remove(next);
                next = after;
            }
            holds = !holds;
            length = negation(next);
        }
        if (next instanceof JumpInsnNode jump
                && (jump.getOpcode() == Opcodes.IFEQ || jump.getOpcode() == Opcodes.IFNE)) {
            boolean taken = holds == (jump.getOpcode() == Opcodes.IFNE);
            jump.setOpcode(taken ? comparison.jump() : opposite(comparison.jump()));
            AbstractInsnNode first = comparison.firstNode();
            if (first != null) {
                code.insertBefore(call, first);
            }
            code.remove(call);
        } else if (!holds) {
            code.insert(
                    call,
                    new MethodInsnNode(Opcodes.INVOKESTATIC, OWNER, "I32_EQZ", "(I)I", false));
        }
    }

    /** Instructions that turn 0 into 1 and 1 into 0; 0 if there are none. */
    private static int negation(@Nullable AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call
                && call.owner.equals(OWNER)
                && call.name.equals("I32_EQZ")) {
            return 1;
        }
        int[] opcodes = {Opcodes.ICONST_M1, Opcodes.IXOR, Opcodes.ICONST_1, Opcodes.IAND};
        AbstractInsnNode next = node;
        for (int opcode : opcodes) {
            if (next == null || next.getOpcode() != opcode) {
                return 0;
            }
            next = next.getNext();
        }
        return opcodes.length;
    }

    /** Opcodes of a jump and its opposite are neighbours. */
    static int opposite(int jump) {
        return ((jump - Opcodes.IFEQ) ^ 1) + Opcodes.IFEQ;
    }
}
