package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates labels from the original body to the rewritten one, which may have more open blocks.
 * Used by one thread.
 */
final class Labels {
    /**
     * An open block.
     *
     * @param opcode that opened it
     * @param type what it takes and leaves
     * @param depth blocks around it in what is written
     * @param catches its handlers if it is a try_table
     */
    record Frame(int opcode, Signature type, int depth, List<CatchClause> catches) {
        /** The values that a branch to the block carries. */
        int arity() {
            return (opcode == Opcode.LOOP ? type.parameters() : type.results()).size();
        }
    }

    private final List<Frame> frames = new ArrayList<>();
    private int depth;

    void open(int opcode, Signature type, List<CatchClause> catches) {
        frames.add(new Frame(opcode, type, depth++, catches));
    }

    /** Opens a block that the original does not have. */
    void openExtra() {
        depth++;
    }

    void closeExtra() {
        depth--;
    }

    Frame close() {
        depth--;
        return frames.removeLast();
    }

    /** Continues an {@code if} with its {@code else}; an error if another block is open. */
    @Nullable Frame alternate() {
        Frame frame = frames.getLast();
        if (frame.opcode() != Opcode.IF) {
            return null;
        }
        var alternative = new Frame(Opcode.ELSE, frame.type(), frame.depth(), List.of());
        frames.set(frames.size() - 1, alternative);
        return alternative;
    }

    /** Open blocks of the original. */
    int size() {
        return frames.size();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    Frame target(int label, BinaryReader in) throws BinaryException {
        int index = frames.size() - 1 - label;
        if (label < 0 || index < 0) {
            throw in.malformed("unknown label " + Integer.toUnsignedString(label));
        }
        return frames.get(index);
    }

    /** The label in the rewritten body. */
    int written(Frame target) {
        return depth - 1 - target.depth();
    }
}
