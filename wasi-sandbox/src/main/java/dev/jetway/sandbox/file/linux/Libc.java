package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenFlags;
import dev.jetway.sandbox.file.TimeChange;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * System calls on names, one method each. Names are relative to a handle, and symbolic links are
 * never followed. Every failure is an {@link ErrnoException}. Used by the run's thread only.
 */
final class Libc implements AutoCloseable {
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_FDCWD = -100;
    private static final String HANDLES = "/proc/self/fd/";
    private static final byte[] NOTHING = {};

    private final NativeCalls calls = new NativeCalls();
    private final ContentCalls contents = new ContentCalls(calls);
    private final FileModes modes;
    private boolean opensBelow = true;

    /** Calls that create files and directories with these modes. */
    Libc(FileModes modes) {
        this.modes = modes;
    }

    /** The calls on contents. */
    ContentCalls contents() {
        return contents;
    }

    /** Opens a volume's root, through links of the operator. */
    int openRoot(Path directory) {
        MemorySegment state = calls.state();
        var path = calls.buffers().text(directory.toString().getBytes(StandardCharsets.UTF_8));
        int flags = OpenFlags.DIRECTORY | OpenFlags.CLOSE_ON_EXEC;
        return (int) calls.checked(() -> (int) Symbols.OPEN.invokeExact(state, path, flags, 0));
    }

    /**
     * Opens a volume's root at a path that had no links: {@link Errno#NOTDIR} if a part of it is
     * one now. Its own path tells, whatever changes meanwhile (proc(5)).
     */
    int openFixedRoot(Path directory) {
        int handle = openRoot(directory);
        try {
            byte[] self = (HANDLES + handle).getBytes(StandardCharsets.US_ASCII);
            byte[] expected = directory.toString().getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(readLink(AT_FDCWD, self), expected)) {
                throw Errno.NOTDIR.failure();
            }
            return handle;
        } catch (RuntimeException | Error e) {
            close(handle);
            throw e;
        }
    }

    /**
     * Opens a name, which must not be a symbolic link, without blocking and without side effects.
     */
    int open(int directory, byte[] name, int flags) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        int all =
                flags
                        | OpenFlags.NO_FOLLOW
                        | OpenFlags.CLOSE_ON_EXEC
                        | OpenFlags.NON_BLOCKING
                        | OpenFlags.NO_TERMINAL;
        int mode = modes.file();
        return (int)
                calls.checked(
                        () -> (int) Symbols.OPENAT.invokeExact(state, directory, text, all, mode));
    }

    /**
     * Opens a directory below another to walk on from; the kernel walks, and refuses all links.
     *
     * @return -1 for any failure but {@link Errno#NOENT}, which is thrown
     */
    int openBelow(int directory, byte[] path) {
        if (!opensBelow) {
            return -1;
        }
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(path);
        MemorySegment how = calls.buffers().how();
        try {
            return (int)
                    calls.checked(() ->
                            (long)
                                    OpenHow.OPENAT2.invokeExact(
                                            state, (long) directory, text, how, OpenHow.SIZE));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                throw e;
            }
            // ENOSYS, which WASI has not, before Linux 5.6; EPERM where a filter refuses the call.
            opensBelow = e.errno() != Errno.IO && e.errno() != Errno.PERM;
            return -1;
        }
    }

    /** Closes a handle. An error is ignored: the handle is closed all the same (close(2)). */
    void close(int handle) {
        MemorySegment state = calls.state();
        try {
            calls.checked(() -> (int) Symbols.CLOSE.invokeExact(state, handle));
        } catch (ErrnoException e) {
            return;
        }
    }

    /** The status of a handle. */
    FileStatus status(int handle) {
        return status(handle, NOTHING, AT_EMPTY_PATH);
    }

    /** The status of a name; of a link, that of the link itself. */
    FileStatus status(int directory, byte[] name) {
        return status(directory, name, AT_SYMLINK_NOFOLLOW);
    }

    /** The permissions of a handle. */
    HostFolder.Permissions permissions(int handle) {
        return Statx.permissions(statx(handle, NOTHING, AT_EMPTY_PATH));
    }

    private FileStatus status(int handle, byte[] name, int flags) {
        return Statx.read(statx(handle, name, flags));
    }

    private MemorySegment statx(int handle, byte[] name, int flags) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        MemorySegment to = calls.buffers().status();
        calls.checked(
                () -> (int) Symbols.STATX.invokeExact(state, handle, text, flags, Statx.BASIC, to));
        return to;
    }

    /** Reads the target of a symbolic link; {@link Errno#INVAL} if the name is not one. */
    byte[] readLink(int directory, byte[] name) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        MemorySegment to = calls.buffers().transfer();
        long size = GuestPath.MAX_LENGTH + 1;
        long length =
                calls.checked(() ->
                        (long) Symbols.READLINKAT.invokeExact(state, directory, text, to, size));
        return to.asSlice(0, length).toArray(JAVA_BYTE);
    }

    void makeDirectory(int directory, byte[] name) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        int mode = modes.directory();
        calls.checked(() -> (int) Symbols.MKDIRAT.invokeExact(state, directory, text, mode));
    }

    void remove(int directory, byte[] name, boolean isDirectory) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        int flags = isDirectory ? AT_REMOVEDIR : 0;
        calls.checked(() -> (int) Symbols.UNLINKAT.invokeExact(state, directory, text, flags));
    }

    void makeLink(byte[] target, int directory, byte[] name) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        MemorySegment says = calls.buffers().otherText(target);
        calls.checked(() -> (int) Symbols.SYMLINKAT.invokeExact(state, says, directory, text));
    }

    void rename(int from, byte[] name, int to, byte[] newName) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        MemorySegment other = calls.buffers().otherText(newName);
        calls.checked(() -> (int) Symbols.RENAMEAT.invokeExact(state, from, text, to, other));
    }

    /** Adds a name of the file itself: without flags linkat follows no link (linkat(2)). */
    void link(int from, byte[] name, int to, byte[] newName) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        MemorySegment other = calls.buffers().otherText(newName);
        calls.checked(() -> (int) Symbols.LINKAT.invokeExact(state, from, text, to, other, 0));
    }

    void setTimes(int directory, byte[] name, TimeChange accessed, TimeChange modified) {
        MemorySegment state = calls.state();
        MemorySegment text = calls.buffers().text(name);
        MemorySegment times = Timespec.write(calls.buffers().times(), accessed, modified);
        calls.checked(() ->
                (int)
                        Symbols.UTIMENSAT.invokeExact(
                                state, directory, text, times, AT_SYMLINK_NOFOLLOW));
    }

    void setTimesOf(int handle, TimeChange accessed, TimeChange modified) {
        MemorySegment state = calls.state();
        MemorySegment times = Timespec.write(calls.buffers().times(), accessed, modified);
        calls.checked(() -> (int) Symbols.FUTIMENS.invokeExact(state, handle, times));
    }

    @Override
    public void close() {
        calls.close();
    }
}
