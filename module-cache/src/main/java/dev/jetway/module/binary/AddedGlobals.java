package dev.jetway.module.binary;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Globals added after those of the module, which hand values from one function to another. */
final class AddedGlobals {
    private static final int VARIABLE = 1;

    private final int before;
    private final Map<Slot, Integer> indices = new LinkedHashMap<>();

    /** Key of a global: its type and its number among those of that type. */
    private record Slot(ValueType type, int number) {}

    /**
     * No added globals.
     *
     * @param before globals of the module
     */
    AddedGlobals(int before) {
        this.before = before;
    }

    /** Globals for these types, shared with other users. */
    int[] forEach(List<ValueType> types) {
        var counts = new HashMap<ValueType, Integer>();
        int[] globals = new int[types.size()];
        for (int i = 0; i < globals.length; i++) {
            ValueType type = types.get(i).nullable();
            globals[i] = indexOf(new Slot(type, counts.merge(type, 1, Integer::sum)));
        }
        return globals;
    }

    /** A global that is not shared. */
    int own(ValueType type) {
        return indexOf(new Slot(type, -1 - indices.size()));
    }

    private int indexOf(Slot slot) {
        return indices.computeIfAbsent(slot, s -> before + indices.size());
    }

    /** The global section with the added globals. */
    byte[] section(BinaryReader globals, byte[] binary) throws BinaryException {
        int count = globals.hasMore() ? globals.count() : 0;
        var out = new BinaryWriter().u32(count + indices.size());
        out.raw(binary, globals.at(), globals.end());
        for (Slot slot : indices.keySet()) {
            slot.type().write(out);
            out.octet(VARIABLE);
            slot.type().writeDefault(out);
            out.octet(Opcode.END);
        }
        return out.bytes();
    }
}
