package dev.jetway.sandbox.start;

import dev.jetway.module.MemoryImage;
import dev.jetway.module.memory.LinearMemory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an instance keeps beside its stack. Immutable, provided that nobody writes to its
 * arrays.
 *
 * @param pages of the memory
 * @param image the content of the memory
 * @param globals of those that change, two numbers each
 * @param tables the entries of each
 * @param droppedData segments of data that the guest has dropped, by number
 * @param droppedElements segments of table entries that it has dropped, by number
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its own methods.
public record GuestState(
        int pages,
        MemoryImage image,
        long[] globals,
        List<int[]> tables,
        List<Boolean> droppedData,
        List<Boolean> droppedElements) {
    /** Approximate bytes of the host, without pieces of memory that belong to another image. */
    @SuppressWarnings("ReferenceEquality") // Identity, not equality.
    public long bytes(MemoryImage shared) {
        byte @Nullable [] @Nullable [] others = shared.pieces();
        byte @Nullable [] @Nullable [] pieces = image.pieces();
        long bytes = 8L * globals.length;
        for (int[] table : tables) {
            bytes += 4L * table.length;
        }
        for (int i = 0; pieces != null && i < pieces.length; i++) {
            boolean own =
                    pieces[i] != null
                            && (others == null || i >= others.length || others[i] != pieces[i]);
            bytes += own ? LinearMemory.CARD : Integer.BYTES;
        }
        return bytes;
    }

    /** Whether two guests are in the same state. */
    public boolean isSame(GuestState other) {
        return pages == other.pages
                && Arrays.deepEquals(image.pieces(), other.image.pieces())
                && Arrays.equals(globals, other.globals)
                && Arrays.deepEquals(tables.toArray(), other.tables.toArray())
                && droppedData.equals(other.droppedData)
                && droppedElements.equals(other.droppedElements);
    }
}
