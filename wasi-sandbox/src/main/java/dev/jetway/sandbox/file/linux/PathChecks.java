package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Checks that a path still leads to the file that a walk has found there, or to none, with fewer
 * system calls than the walk. Nothing is read, and no link is followed: a path with one never
 * passes. Safe to share between threads.
 */
public final class PathChecks {
    /** Maximum native buffers that are kept; more threads at once allocate their own. */
    static final int KEPT = 16;

    /** Stands for no handle: the path is absolute. */
    static final int AT_FDCWD = -100;

    private static final int STATE = 32;
    private static final byte[] NOTHING = {0};

    private final AtomicReferenceArray<Buffers> kept = new AtomicReferenceArray<>(KEPT);

    /**
     * Whether a path leads to a regular file with the same identity, size and times. Also false if
     * there is a link on the way, or if this system cannot tell.
     */
    public boolean leadsTo(CheckedPath path, FileStatus file) {
        return with(own -> isSame(own, path, file));
    }

    /** Whether there is no such file. Also false if the way there has links, or cannot be told. */
    public boolean isMissing(CheckedPath path) {
        return with(own -> {
            int handle = open(own, path);
            if (handle >= 0) {
                close(own, handle);
                return false;
            }
            return Errno.ofLinux((int) Symbols.ERRNO.get(own.state, 0L)) == Errno.NOENT;
        });
    }

    /** A check with native memory. */
    @FunctionalInterface
    private interface Check {
        boolean of(Buffers own) throws Throwable;
    }

    private boolean with(Check check) {
        int slot = (int) Thread.currentThread().threadId() & KEPT - 1;
        Buffers free = kept.getAndSet(slot, null);
        Buffers own = free == null ? new Buffers() : free;
        try {
            return check.of(own);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library", e);
        } finally {
            kept.set(slot, own);
        }
    }

    /** Three calls, however deep: the kernel walks, and refuses all links. */
    private static boolean isSame(Buffers own, CheckedPath path, FileStatus file) throws Throwable {
        int handle = open(own, path);
        if (handle < 0) {
            return false;
        }
        try {
            return statx(own, handle) && Statx.isSame(own.status, file);
        } finally {
            close(own, handle);
        }
    }

    private static int open(Buffers own, CheckedPath path) throws Throwable {
        long handle =
                (long)
                        OpenHow.OPENAT2.invokeExact(
                                own.state,
                                (long) AT_FDCWD,
                                own.text(path.text()),
                                own.how,
                                OpenHow.SIZE);
        return (int) handle;
    }

    private static void close(Buffers own, int handle) throws Throwable {
        int closed = (int) Symbols.CLOSE.invokeExact(own.state, handle);
        assert closed == 0 : "a handle of our own";
    }

    private static boolean statx(Buffers own, int handle) throws Throwable {
        MemorySegment name = own.text(NOTHING);
        int failed =
                (int)
                        Symbols.STATX.invokeExact(
                                own.state,
                                handle,
                                name,
                                Libc.AT_EMPTY_PATH,
                                Statx.BASIC,
                                own.status);
        return failed == 0;
    }

    /** The native memory of one check, freed when it is unreachable. */
    private static final class Buffers {
        private final Arena arena = Arena.ofAuto();
        private final MemorySegment state = arena.allocate(STATE, Long.BYTES);
        private final MemorySegment how =
                OpenHow.withoutLinks(arena.allocate(OpenHow.SIZE, Long.BYTES));
        private final MemorySegment status = arena.allocate(NativeBuffers.STATUS, Long.BYTES);
        private final MemorySegment text = arena.allocate(CheckedPath.MAX_LENGTH);

        MemorySegment text(byte[] ended) {
            MemorySegment.copy(ended, 0, text, JAVA_BYTE, 0, ended.length);
            return text;
        }
    }
}
