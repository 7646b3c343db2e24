package dev.jetway.module.codegen;

import org.objectweb.asm.Type;

/**
 * A local variable of a method. The engine uses one slot for values of several types in turn: each
 * of them is a variable of its own.
 */
record Variable(int slot, Type type) {
    boolean isReference() {
        return Values.isReference(type);
    }
}
