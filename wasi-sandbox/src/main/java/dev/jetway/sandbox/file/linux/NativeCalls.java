package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the C library by one run, and the native memory that they share, allocated by the first
 * call. Used by the run's thread only.
 */
final class NativeCalls implements AutoCloseable {
    private @Nullable NativeBuffers buffers;

    /** One call. */
    @FunctionalInterface
    interface Call {
        /** Runs the call; a result below 0 means that {@code errno} has been set. */
        long run() throws Throwable;
    }

    NativeBuffers buffers() {
        NativeBuffers made = buffers;
        if (made == null) {
            made = new NativeBuffers();
            buffers = made;
        }
        return made;
    }

    /** The first argument of every call. */
    MemorySegment state() {
        return buffers().state();
    }

    /** The result of a call; an {@link ErrnoException} if it failed. */
    long checked(Call call) {
        long result;
        try {
            result = call.run();
        } catch (RuntimeException | Error e) {
            // A stack overflow is the guest's.
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library", e);
        }
        if (result < 0) {
            throw Errno.ofLinux((int) Symbols.ERRNO.get(state(), 0L)).failure();
        }
        return result;
    }

    @Override
    public void close() {
        if (buffers != null) {
            buffers.close();
            buffers = null;
        }
    }
}
