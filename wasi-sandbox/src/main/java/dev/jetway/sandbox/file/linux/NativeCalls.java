package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the C library by one run, and the native memory that they share, made with the first.
 * Used by the run's thread only.
 */
final class NativeCalls implements AutoCloseable {
    private @Nullable NativeBuffers buffers;

    /** One call. */
    @FunctionalInterface
    interface Call {
        /** Runs it; a result below 0 says that {@code errno} has been set. */
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

    /** What a call takes first. */
    MemorySegment state() {
        return buffers().state();
    }

    /** Its result; an {@link ErrnoException} if it failed. */
    long checked(Call call) {
        long result;
        try {
            result = call.run();
        } catch (RuntimeException | Error e) {
            // The end of the stack is the guest's affair.
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
