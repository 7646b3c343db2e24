package dev.jetway.module.binary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Types added after those of the module. Their indices begin at {@link #FIRST}: as block types, the
 * engine takes some smaller indices for value types.
 */
final class AddedTypes {
    static final int FIRST = 128;

    private static final Signature PADDING = new Signature(List.of(), List.of());

    private final int before;
    private final int padding;
    private final Map<Signature, Integer> added = new LinkedHashMap<>();

    /**
     * No added types.
     *
     * @param before types of the module
     */
    AddedTypes(int before) {
        this.before = before;
        this.padding = Math.max(0, FIRST - before);
    }

    int indexOf(Signature signature) {
        return added.computeIfAbsent(signature, s -> before + padding + added.size());
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    /** The type section with the added types. */
    byte[] section(List<Signature> types) {
        var out = new BinaryWriter().u32(types.size() + padding + added.size());
        types.forEach(t -> t.write(out));
        for (int i = 0; i < padding; i++) {
            PADDING.write(out);
        }
        added.keySet().forEach(s -> s.write(out));
        return out.bytes();
    }
}
