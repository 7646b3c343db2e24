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
    private static final int STATUS = 256;
    private static final int TIMES = 32;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(Symbols.STATE);
    private final MemorySegment first = arena.allocate(TEXT);
    private final MemorySegment second = arena.allocate(TEXT);
    private final MemorySegment status = arena.allocate(STATUS, Long.BYTES);
    private final MemorySegment times = arena.allocate(TIMES, Long.BYTES);
    private @Nullable MemorySegment transfer;

    /** Where the C library stores {@code errno}. */
    MemorySegment state() {
        return state;
    }

    /** The text as a C string, until the next call. */
    MemorySegment text(byte[] text) {
        return fill(first, text);
    }

    /** A second C string, beside the first. */
    MemorySegment otherText(byte[] text) {
        return fill(second, text);
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
