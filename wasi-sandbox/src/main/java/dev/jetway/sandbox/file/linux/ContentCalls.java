package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.OpenFile;
import java.lang.foreign.MemorySegment;

/**
 * System calls on the contents of open files and directories, one method each. Every failure is an
 * {@link ErrnoException}. Used by the run's thread only.
 */
final class ContentCalls {
    static final int F_SETFL = 4;

    private final NativeCalls calls;

    ContentCalls(NativeCalls calls) {
        this.calls = calls;
    }

    void setSize(int handle, long size) {
        MemorySegment state = calls.state();
        calls.checked(() -> (int) Symbols.FTRUNCATE.invokeExact(state, handle, size));
    }

    void allocate(int handle, long offset, long length) {
        MemorySegment state = calls.state();
        calls.checked(() -> (int) Symbols.FALLOCATE.invokeExact(state, handle, 0, offset, length));
    }

    void setFlags(int handle, int flags) {
        MemorySegment state = calls.state();
        calls.checked(() -> (int) Symbols.FCNTL.invokeExact(state, handle, F_SETFL, flags));
    }

    void sync(int handle, boolean metadata) {
        MemorySegment state = calls.state();
        if (metadata) {
            calls.checked(() -> (int) Symbols.FSYNC.invokeExact(state, handle));
        } else {
            calls.checked(() -> (int) Symbols.FDATASYNC.invokeExact(state, handle));
        }
    }

    long seek(int handle, long offset, OpenFile.Whence from) {
        MemorySegment state = calls.state();
        int whence =
                switch (from) {
                    case START -> 0;
                    case CURRENT -> 1;
                    case END -> 2;
                };
        return calls.checked(() -> (long) Symbols.LSEEK.invokeExact(state, handle, offset, whence));
    }

    int read(int handle, byte[] to, int length) {
        MemorySegment state = calls.state();
        MemorySegment buffer = calls.buffers().transfer();
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return taken(
                buffer,
                calls.checked(() -> (long) Symbols.READ.invokeExact(state, handle, buffer, size)),
                to);
    }

    int read(int handle, byte[] to, int length, long offset) {
        MemorySegment state = calls.state();
        MemorySegment buffer = calls.buffers().transfer();
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return taken(
                buffer,
                calls.checked(() ->
                        (long) Symbols.PREAD.invokeExact(state, handle, buffer, size, offset)),
                to);
    }

    private static int taken(MemorySegment from, long length, byte[] to) {
        MemorySegment.copy(from, JAVA_BYTE, 0, to, 0, (int) length);
        return (int) length;
    }

    int write(int handle, byte[] from, int length) {
        MemorySegment state = calls.state();
        MemorySegment buffer = given(from, length);
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return (int)
                calls.checked(() -> (long) Symbols.WRITE.invokeExact(state, handle, buffer, size));
    }

    int write(int handle, byte[] from, int length, long offset) {
        MemorySegment state = calls.state();
        MemorySegment buffer = given(from, length);
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return (int)
                calls.checked(() ->
                        (long) Symbols.PWRITE.invokeExact(state, handle, buffer, size, offset));
    }

    private MemorySegment given(byte[] from, int length) {
        MemorySegment buffer = calls.buffers().transfer();
        int size = Math.min(length, NativeBuffers.TRANSFER);
        MemorySegment.copy(from, 0, buffer, JAVA_BYTE, 0, size);
        return buffer;
    }

    /** The next entries of a directory; empty at its end. */
    MemorySegment entries(int handle, int size) {
        MemorySegment state = calls.state();
        MemorySegment buffer = calls.buffers().transfer();
        long bytes = Math.min(size, NativeBuffers.TRANSFER);
        long length =
                calls.checked(
                        () -> (int) Symbols.GETDENTS.invokeExact(state, handle, buffer, bytes));
        return buffer.asSlice(0, length);
    }
}
