package dev.jetway.sandbox.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The system calls under volumes, one method each. Names are relative to a handle and are never
 * followed if they are symbolic links. Every failure is an {@link ErrnoException}. Used by the
 * run's thread only.
 */
final class Libc implements AutoCloseable {
    /** Rights of a new file, before the process's umask. */
    private static final int FILE_MODE = 0666;

    private static final int DIRECTORY_MODE = 0777;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int F_SETFL = 4;
    private static final byte[] NOTHING = {};

    private @Nullable NativeBuffers buffers;

    /** One call of the C library. */
    @FunctionalInterface
    private interface Call {
        long run() throws Throwable;
    }

    private NativeBuffers buffers() {
        NativeBuffers made = buffers;
        if (made == null) {
            made = new NativeBuffers();
            buffers = made;
        }
        return made;
    }

    private MemorySegment state() {
        return buffers().state();
    }

    private long checked(Call call) {
        long result;
        try {
            result = call.run();
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library", e);
        }
        if (result < 0) {
            throw Errno.ofLinux((int) Symbols.ERRNO.get(state(), 0L)).failure();
        }
        return result;
    }

    /** Opens a volume's root, wherever the operator's own links lead. */
    int openRoot(Path directory) {
        MemorySegment state = state();
        var path = buffers().text(directory.toString().getBytes(StandardCharsets.UTF_8));
        int flags = OpenFlags.DIRECTORY | OpenFlags.CLOSE_ON_EXEC;
        return (int) checked(() -> (int) Symbols.OPEN.invokeExact(state, path, flags, 0));
    }

    /**
     * Opens a name, which must not be a symbolic link, without waiting and without side effects.
     */
    int open(int directory, byte[] name, int flags) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        int all =
                flags
                        | OpenFlags.NO_FOLLOW
                        | OpenFlags.CLOSE_ON_EXEC
                        | OpenFlags.NON_BLOCKING
                        | OpenFlags.NO_TERMINAL;
        return (int)
                checked(() ->
                        (int) Symbols.OPENAT.invokeExact(state, directory, text, all, FILE_MODE));
    }

    /** Closes a handle. There is nothing to do about an error: the handle is gone (close(2)). */
    void close(int handle) {
        MemorySegment state = state();
        try {
            checked(() -> (int) Symbols.CLOSE.invokeExact(state, handle));
        } catch (ErrnoException e) {
            return;
        }
    }

    /** What a handle stands for. */
    FileStatus status(int handle) {
        return status(handle, NOTHING, AT_EMPTY_PATH);
    }

    /** What a name stands for: of a link, the link. */
    FileStatus status(int directory, byte[] name) {
        return status(directory, name, AT_SYMLINK_NOFOLLOW);
    }

    private FileStatus status(int handle, byte[] name, int flags) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        MemorySegment to = buffers().status();
        checked(() -> (int) Symbols.STATX.invokeExact(state, handle, text, flags, Statx.BASIC, to));
        return Statx.read(to);
    }

    /** What a symbolic link says; {@link Errno#INVAL} if it is none. */
    byte[] readLink(int directory, byte[] name) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        MemorySegment to = buffers().transfer();
        long size = GuestPath.MAX_LENGTH + 1;
        long length =
                checked(() ->
                        (long) Symbols.READLINKAT.invokeExact(state, directory, text, to, size));
        return to.asSlice(0, length).toArray(JAVA_BYTE);
    }

    void makeDirectory(int directory, byte[] name) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        checked(() -> (int) Symbols.MKDIRAT.invokeExact(state, directory, text, DIRECTORY_MODE));
    }

    void remove(int directory, byte[] name, boolean isDirectory) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        int flags = isDirectory ? AT_REMOVEDIR : 0;
        checked(() -> (int) Symbols.UNLINKAT.invokeExact(state, directory, text, flags));
    }

    void makeLink(byte[] target, int directory, byte[] name) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        MemorySegment says = buffers().otherText(target);
        checked(() -> (int) Symbols.SYMLINKAT.invokeExact(state, says, directory, text));
    }

    void rename(int from, byte[] name, int to, byte[] newName) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        MemorySegment other = buffers().otherText(newName);
        checked(() -> (int) Symbols.RENAMEAT.invokeExact(state, from, text, to, other));
    }

    /** Gives the thing itself another name: without flags linkat follows no link (linkat(2)). */
    void link(int from, byte[] name, int to, byte[] newName) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        MemorySegment other = buffers().otherText(newName);
        checked(() -> (int) Symbols.LINKAT.invokeExact(state, from, text, to, other, 0));
    }

    void setTimes(int directory, byte[] name, TimeChange accessed, TimeChange modified) {
        MemorySegment state = state();
        MemorySegment text = buffers().text(name);
        MemorySegment times = Timespec.write(buffers().times(), accessed, modified);
        checked(() ->
                (int)
                        Symbols.UTIMENSAT.invokeExact(
                                state, directory, text, times, AT_SYMLINK_NOFOLLOW));
    }

    void setTimesOf(int handle, TimeChange accessed, TimeChange modified) {
        MemorySegment state = state();
        MemorySegment times = Timespec.write(buffers().times(), accessed, modified);
        checked(() -> (int) Symbols.FUTIMENS.invokeExact(state, handle, times));
    }

    void setSize(int handle, long size) {
        MemorySegment state = state();
        checked(() -> (int) Symbols.FTRUNCATE.invokeExact(state, handle, size));
    }

    void allocate(int handle, long offset, long length) {
        MemorySegment state = state();
        checked(() -> (int) Symbols.FALLOCATE.invokeExact(state, handle, 0, offset, length));
    }

    void setFlags(int handle, int flags) {
        MemorySegment state = state();
        checked(() -> (int) Symbols.FCNTL.invokeExact(state, handle, F_SETFL, flags));
    }

    void sync(int handle, boolean metadata) {
        MemorySegment state = state();
        if (metadata) {
            checked(() -> (int) Symbols.FSYNC.invokeExact(state, handle));
        } else {
            checked(() -> (int) Symbols.FDATASYNC.invokeExact(state, handle));
        }
    }

    long seek(int handle, long offset, OpenFile.Whence from) {
        MemorySegment state = state();
        int whence =
                switch (from) {
                    case START -> 0;
                    case CURRENT -> 1;
                    case END -> 2;
                };
        return checked(() -> (long) Symbols.LSEEK.invokeExact(state, handle, offset, whence));
    }

    int read(int handle, byte[] to, int length) {
        MemorySegment state = state();
        MemorySegment buffer = buffers().transfer();
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return taken(
                buffer,
                checked(() -> (long) Symbols.READ.invokeExact(state, handle, buffer, size)),
                to);
    }

    int read(int handle, byte[] to, int length, long offset) {
        MemorySegment state = state();
        MemorySegment buffer = buffers().transfer();
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return taken(
                buffer,
                checked(() ->
                        (long) Symbols.PREAD.invokeExact(state, handle, buffer, size, offset)),
                to);
    }

    private static int taken(MemorySegment from, long length, byte[] to) {
        MemorySegment.copy(from, JAVA_BYTE, 0, to, 0, (int) length);
        return (int) length;
    }

    int write(int handle, byte[] from, int length) {
        MemorySegment state = state();
        MemorySegment buffer = given(from, length);
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return (int) checked(() -> (long) Symbols.WRITE.invokeExact(state, handle, buffer, size));
    }

    int write(int handle, byte[] from, int length, long offset) {
        MemorySegment state = state();
        MemorySegment buffer = given(from, length);
        long size = Math.min(length, NativeBuffers.TRANSFER);
        return (int)
                checked(() ->
                        (long) Symbols.PWRITE.invokeExact(state, handle, buffer, size, offset));
    }

    private MemorySegment given(byte[] from, int length) {
        MemorySegment buffer = buffers().transfer();
        int size = Math.min(length, NativeBuffers.TRANSFER);
        MemorySegment.copy(from, 0, buffer, ValueLayout.JAVA_BYTE, 0, size);
        return buffer;
    }

    /** The next entries of a directory; empty at its end. */
    MemorySegment entries(int handle, int size) {
        MemorySegment state = state();
        MemorySegment buffer = buffers().transfer();
        long bytes = Math.min(size, NativeBuffers.TRANSFER);
        long length =
                checked(() -> (long) Symbols.GETDENTS.invokeExact(state, handle, buffer, bytes));
        return buffer.asSlice(0, length);
    }

    @Override
    public void close() {
        if (buffers != null) {
            buffers.close();
            buffers = null;
        }
    }
}
