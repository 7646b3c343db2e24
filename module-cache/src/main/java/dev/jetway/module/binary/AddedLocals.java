package dev.jetway.module.binary;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Locals added after those of one function, for values that leave the stack for a moment. */
final class AddedLocals {
    private final int before;
    private final Map<Slot, Integer> indices = new LinkedHashMap<>();

    /** Key of a local: its type and its number among those of that type. */
    private record Slot(ValueType type, int number) {}

    /**
     * No added locals.
     *
     * @param before parameters and locals of the function
     */
    AddedLocals(int before) {
        this.before = before;
    }

    /** Pops values into locals, the last value first. */
    void set(List<ValueType> values, BinaryWriter out) {
        int[] locals = forEach(values);
        for (int i = locals.length - 1; i >= 0; i--) {
            out.octet(Opcode.LOCAL_SET).u32(locals[i]);
        }
    }

    /** Pushes the first of the values that were popped last. */
    void get(List<ValueType> values, BinaryWriter out) {
        int[] locals = forEach(values);
        for (int i = 0; i < locals.length; i++) {
            get(locals[i], values.get(i), out);
        }
    }

    /** Pushes only the last of these values. */
    void getLast(List<ValueType> values, BinaryWriter out) {
        int[] locals = forEach(values);
        get(locals[locals.length - 1], values.getLast(), out);
    }

    private static void get(int local, ValueType type, BinaryWriter out) {
        out.octet(Opcode.LOCAL_GET).u32(local);
        if (type.code() == ValueType.NON_NULL) {
            out.octet(Opcode.REF_AS_NON_NULL);
        }
    }

    private int[] forEach(List<ValueType> types) {
        var counts = new HashMap<ValueType, Integer>();
        int[] locals = new int[types.size()];
        for (int i = 0; i < locals.length; i++) {
            ValueType type = types.get(i).nullable();
            var slot = new Slot(type, counts.merge(type, 1, Integer::sum));
            locals[i] = indices.computeIfAbsent(slot, s -> before + indices.size());
        }
        return locals;
    }

    boolean isEmpty() {
        return indices.isEmpty();
    }

    /** The declarations of a function's locals with the added ones. */
    byte[] declared(BinaryReader own, byte[] binary) throws BinaryException {
        var out = new BinaryWriter().u32(own.count() + indices.size());
        out.raw(binary, own.at(), own.end());
        indices.keySet().forEach(s -> s.type().write(out.u32(1)));
        return out.bytes();
    }
}
