package dev.jetway.module.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Each address is within what is said of it. */
final class AddressesTest {
    private static final int METHODS = 20_000;
    private static final int[] OPERATIONS = {
        Opcodes.IAND,
        Opcodes.IAND,
        Opcodes.IADD,
        Opcodes.ISHL,
        Opcodes.IUSHR,
        Opcodes.IOR,
        Opcodes.IXOR,
        Opcodes.IMUL,
        Opcodes.ISUB,
        Opcodes.I2C,
        Opcodes.DUP
    };

    private final Random random = new Random(1);
    private final MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "f", "()V", null, null);
    private final ArrayDeque<Integer> stack = new ArrayDeque<>();
    private final int[] variables = new int[3];

    /** Adds an instruction and executes it. */
    private void add(int opcode) {
        method.visitInsn(opcode);
        int top = stack.pop();
        switch (opcode) {
            case Opcodes.I2C -> stack.push(top & Character.MAX_VALUE);
            case Opcodes.DUP -> {
                stack.push(top);
                stack.push(top);
            }
            default -> {
                int below = stack.pop();
                stack.push(
                        switch (opcode) {
                            case Opcodes.IAND -> below & top;
                            case Opcodes.IADD -> below + top;
                            case Opcodes.ISHL -> below << top;
                            case Opcodes.IUSHR -> below >>> top;
                            case Opcodes.IOR -> below | top;
                            case Opcodes.IXOR -> below ^ top;
                            case Opcodes.IMUL -> below * top;
                            case Opcodes.ISUB -> below - top;
                            default -> throw new AssertionError(opcode);
                        });
            }
        }
    }

    private void addRandom() {
        int variable = random.nextInt(variables.length);
        if (stack.size() < 2) {
            if (random.nextBoolean()) {
                method.visitVarInsn(Opcodes.ILOAD, variable);
                stack.push(variables[variable]);
            } else {
                push(random.nextInt() >>> random.nextInt(Integer.SIZE));
            }
        } else if (random.nextInt(6) == 0) {
            method.visitVarInsn(Opcodes.ISTORE, variable);
            variables[variable] = stack.pop();
        } else {
            add(OPERATIONS[random.nextInt(OPERATIONS.length)]);
        }
    }

    private void push(int number) {
        Values.push(method, number);
        stack.push(number);
    }

    private MethodInsnNode load(int offset) {
        Values.push(method, offset);
        method.visitVarInsn(Opcodes.ALOAD, variables.length);
        var load =
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "Shaded",
                        "memoryReadInt",
                        "(II" + MemoryCode.MEMORY + ")I",
                        false);
        method.instructions.add(load);
        return load;
    }

    @Test
    void randomOperations_withinTheBounds() {
        int bounded = 0;
        int numbers = 0;
        for (int i = 0; i < METHODS; i++) {
            method.instructions.clear();
            stack.clear();
            for (int v = 0; v < variables.length; v++) {
                variables[v] = random.nextInt() >> random.nextInt(Integer.SIZE);
            }
            int length = 3 + random.nextInt(20);
            while (method.instructions.size() < length || stack.isEmpty()) {
                addRandom();
            }
            int offset = random.nextInt(3) == 0 ? random.nextInt(Integer.MAX_VALUE) : 0;
            long address = Integer.toUnsignedLong(stack.pop()) + offset;
            MethodInsnNode load = load(offset);
            Addresses.Address known = Addresses.of(new Instructions(method)).of(load);
            if (known != null && known.most() >= 0) {
                bounded++;
                assertThat(address).isBetween(known.least(), known.most());
            }
            if (known != null && known.variable() == Addresses.NUMBER) {
                numbers++;
                assertThat(known.offset()).isEqualTo((int) address);
            }
        }
        assertThat(bounded).isGreaterThan(METHODS / 10);
        assertThat(numbers).isGreaterThan(METHODS / 100);
    }

    @Test
    void variableWrittenAfterItsRead_notTheAddress() {
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitIincInsn(0, 1);
        MethodInsnNode load = load(4);

        assertThat(Addresses.of(new Instructions(method)).of(load)).isNull();
    }

    @Test
    void anotherBlock_knowsNothing() {
        Values.push(method, 8);
        method.visitVarInsn(Opcodes.ISTORE, 0);
        var label = new Label();
        method.visitJumpInsn(Opcodes.GOTO, label);
        method.visitLabel(label);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        MethodInsnNode load = load(4);

        assertThat(Addresses.of(new Instructions(method)).of(load))
                .isEqualTo(new Addresses.Address(0, 4, 4, -1));
    }
}
