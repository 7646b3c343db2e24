package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions added after those of a module, each of which throws an exception of one tag with its
 * parameters as values. Used by one thread.
 */
final class Throwers {
    private final Outline outline;
    private final Map<Integer, Integer> indices = new LinkedHashMap<>();

    Throwers(Outline outline) {
        this.outline = outline;
    }

    /** The tags, in the order of their functions. */
    List<Integer> tags() {
        return new ArrayList<>(indices.keySet());
    }

    /** The values of a tag's exceptions. */
    List<ValueType> values(int tag) {
        return outline.types.get(outline.tagTypes.get(tag)).parameters();
    }

    /** The index of the function of a tag, which is added if need be. */
    int indexOf(int tag) {
        int first = outline.functionTypes.size();
        return indices.computeIfAbsent(tag, t -> first + indices.size());
    }

    /** The body of the function of a tag. */
    byte[] body(int tag) {
        var body = new BinaryWriter().u32(0);
        int count = values(tag).size();
        for (int i = 0; i < count; i++) {
            body.octet(Opcode.LOCAL_GET).u32(i);
        }
        return body.octet(Opcode.THROW).u32(tag).octet(Opcode.END).bytes();
    }
}
