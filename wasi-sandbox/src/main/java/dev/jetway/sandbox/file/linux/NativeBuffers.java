package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.GuestPath;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The native memory of one run: small, of fixed sizes, allocated at its first use. Used by the
 * run's thread only, which must also close it.
 */
final class NativeBuffers implements AutoCloseable {
    /** Maximum number of bytes transferred by one call; between two the run checks for its end. */
    static final int TRANSFER = 64 * 1024;

    private static final int TEXT = GuestPath.MAX_LENGTH + 1;

    /** Bytes for {@code struct statx}. */
    static final int STATUS = 256;

    /** Bytes for two {@code struct timespec}. */
    static final int TIMES = 32;

    private static final int STATE = 32;

    /** Bytes of a usual name or path: longer ones get memory of their own. */
    private static final int NAME = 288;

    private final Arena arena = Arena.ofConfined();

    /** One block for all that nearly every run needs: each allocation costs, and is cleared. */
    private final MemorySegment block =
            arena.allocate(STATE + STATUS + TIMES + OpenHow.SIZE + NAME, Long.BYTES);

    private final MemorySegment state = block.asSlice(0, Symbols.STATE);
    private final MemorySegment status = block.asSlice(STATE, STATUS);
    private final MemorySegment times = block.asSlice(STATE + STATUS, TIMES);
    private final MemorySegment how =
            OpenHow.directoryBelow(block.asSlice(STATE + STATUS + TIMES, OpenHow.SIZE));
    private final MemorySegment name = block.asSlice(STATE + STATUS + TIMES + OpenHow.SIZE, NAME);
    private @Nullable MemorySegment first;
    private @Nullable MemorySegment second;
    private @Nullable MemorySegment transfer;

    /** Where the C library stores {@code errno}. */
    MemorySegment state() {
        return state;
    }

    /** The text as a C string, until the next call. */
    MemorySegment text(byte[] text) {
        if (text.length < NAME) {
            return fill(name, text);
        }
        MemorySegment made = first;
        if (made == null) {
            made = arena.allocate(TEXT);
            first = made;
        }
        return fill(made, text);
    }

    /** A second C string, beside the first. */
    MemorySegment otherText(byte[] text) {
        MemorySegment made = second;
        if (made == null) {
            made = arena.allocate(TEXT);
            second = made;
        }
        return fill(made, text);
    }

    private static MemorySegment fill(MemorySegment to, byte[] text) {
        if (text.length >= TEXT) {
            throw Errno.NAMETOOLONG.failure();
        }
        MemorySegment.copy(text, 0, to, ValueLayout.JAVA_BYTE, 0, text.length);
        to.set(ValueLayout.JAVA_BYTE, text.length, (byte) 0);
        return to;
    }

    /** Memory for {@code struct statx}. */
    MemorySegment status() {
        return status;
    }

    /** Memory for two {@code struct timespec}. */
    MemorySegment times() {
        return times;
    }

    /** How a directory below another is opened; never modified. */
    MemorySegment how() {
        return how;
    }

    /** Memory for contents, {@link #TRANSFER} bytes. */
    MemorySegment transfer() {
        MemorySegment made = transfer;
        if (made == null) {
            made = arena.allocate(TRANSFER, Long.BYTES);
            transfer = made;
        }
        return made;
    }

    @Override
    public void close() {
        arena.close();
    }
}
