package dev.jetway.module.codegen;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/**
 * The signature that all chunks of a method share: number of the entry, number array of the frame,
 * reference array if there is one, memory and instance.
 *
 * @param name of the methods, before their number
 * @param result of the function
 * @param last the types of the function's last two parameters
 * @param memorySlot that of the memory in the function; the instance follows
 */
record ChunkShape(String name, Type result, LastTwo last, int memorySlot, boolean references) {
    /** The slot of the entry's number. */
    static final int ENTRY = 0;

    private static final int NUMBERS = 1;

    /** The types of a function's last parameters. */
    record LastTwo(Type memory, Type instance) {}

    /** The shape of the chunks of a function. */
    static ChunkShape of(MethodNode function, boolean references) {
        Type[] parameters = Type.getArgumentTypes(function.desc);
        int count = parameters.length;
        int slots = (Type.getArgumentsAndReturnSizes(function.desc) >> 2) - 1;
        return new ChunkShape(
                "chunk_",
                Type.getReturnType(function.desc),
                new LastTwo(parameters[count - 2], parameters[count - 1]),
                slots - 2,
                references);
    }

    String descriptor() {
        return references
                ? Type.getMethodDescriptor(
                        Type.INT_TYPE,
                        Type.INT_TYPE,
                        Values.NUMBERS,
                        Values.REFERENCES,
                        last.memory(),
                        last.instance())
                : Type.getMethodDescriptor(
                        Type.INT_TYPE,
                        Type.INT_TYPE,
                        Values.NUMBERS,
                        last.memory(),
                        last.instance());
    }

    /** An empty method. */
    MethodNode method() {
        return new MethodNode(Opcodes.ASM9, Opcodes.ACC_STATIC, name, descriptor(), null, null);
    }

    /** The slot of the frame array for a type of values. */
    int frame(Type type) {
        return Values.isReference(type) ? NUMBERS + 1 : NUMBERS;
    }

    int firstFreeSlot() {
        return (references ? NUMBERS + 2 : NUMBERS + 1) + 2;
    }

    /** The slot in a chunk of one of the function's last two parameters. */
    int parameter(int slot) {
        return firstFreeSlot() - 2 + slot - memorySlot;
    }
}
