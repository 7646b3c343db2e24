package dev.jetway.sandbox.start;

import dev.jetway.base.ByteText;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A layout of an environment in a guest's memory with room for other values: a place of fixed size
 * for each variable. Immutable.
 */
public final class EnvironmentPlace {
    /** Maximum number of bytes of a layout. */
    public static final int MOST = 256 * 1024;

    private static final int SMALLEST = 64;

    private final int[] offsets;
    private final int size;

    private EnvironmentPlace(int[] offsets, int size) {
        this.offsets = offsets;
        this.size = size;
    }

    /**
     * A layout for these variables and others of up to twice their lengths.
     *
     * @return null if it would be too large
     */
    static @Nullable EnvironmentPlace of(List<byte[]> variables) {
        var offsets = new int[variables.size() + 1];
        long at = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            offsets[i] = (int) at;
            long length = Math.max(SMALLEST, 2L * variables.get(i).length);
            at += (length + SMALLEST - 1) / SMALLEST * SMALLEST;
            if (at > MOST) {
                return null;
            }
        }
        offsets[offsets.length - 1] = (int) at;
        return new EnvironmentPlace(offsets, (int) at);
    }

    /** Variables as a guest sees them, each with a NUL at its end. */
    public static List<byte[]> encoded(SequencedMap<String, String> variables) {
        return variables.entrySet().stream()
                .map(e -> ByteText.encode(e.getKey() + '=' + e.getValue() + '\0'))
                .toList();
    }

    /** Number of variables. */
    public int count() {
        return offsets.length - 1;
    }

    /** Bytes of all places. */
    public int size() {
        return size;
    }

    /** The place of a variable. */
    public int offset(int variable) {
        return offsets[variable];
    }

    /** The content of all places; empty if these variables do not fit. */
    public Optional<byte[]> content(List<byte[]> variables) {
        if (variables.size() != count()) {
            return Optional.empty();
        }
        var content = new byte[size];
        for (int i = 0; i < count(); i++) {
            byte[] variable = variables.get(i);
            if (variable.length > offsets[i + 1] - offsets[i]) {
                return Optional.empty();
            }
            System.arraycopy(variable, 0, content, offsets[i], variable.length);
        }
        return Optional.of(content);
    }
}
