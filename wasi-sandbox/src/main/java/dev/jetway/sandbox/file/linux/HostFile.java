package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenFlags;
import dev.jetway.sandbox.file.TimeChange;

/** An open regular file of a volume; the kernel keeps its position. */
final class HostFile implements OpenFile {
    private static final int CLOSED = -1;

    private final Libc libc;
    private final boolean guarded;
    private int handle;
    private boolean append;

    HostFile(Libc libc, int handle, boolean guarded, boolean append) {
        this.libc = libc;
        this.guarded = guarded;
        this.handle = handle;
        this.append = append;
    }

    /** The descriptor; below 0 once it is closed. */
    int handle() {
        return handle;
    }

    HostFolder.Permissions permissions() {
        return libc.permissions(handle);
    }

    @Override
    public int read(byte[] to, int length) {
        return libc.contents().read(handle, to, length);
    }

    @Override
    public int readAt(long offset, byte[] to, int length) {
        return libc.contents().read(handle, to, length, offset);
    }

    @Override
    public int write(byte[] from, int length) {
        return libc.contents().write(handle, from, length);
    }

    /** Linux appends here too (pwrite(2), BUGS); a file of WASI behaves as in POSIX. */
    @Override
    public int writeAt(long offset, byte[] from, int length) {
        if (!append) {
            return libc.contents().write(handle, from, length, offset);
        }
        libc.contents().setFlags(handle, 0);
        try {
            return libc.contents().write(handle, from, length, offset);
        } finally {
            libc.contents().setFlags(handle, OpenFlags.APPEND);
        }
    }

    @Override
    public long seek(long offset, Whence whence) {
        return libc.contents().seek(handle, offset, whence);
    }

    @Override
    public void setAppend(boolean on) {
        libc.contents().setFlags(handle, on ? OpenFlags.APPEND : 0);
        append = on;
    }

    @Override
    public void setSize(long size) {
        libc.contents().setSize(handle, size);
    }

    @Override
    public void allocate(long offset, long length) {
        libc.contents().allocate(handle, offset, length);
    }

    @Override
    public boolean readOnly() {
        return guarded;
    }

    @Override
    public FileStatus status() {
        return libc.status(handle);
    }

    @Override
    public void setTimes(TimeChange accessed, TimeChange modified) {
        if (guarded) {
            throw Errno.ROFS.failure();
        }
        libc.setTimesOf(handle, accessed, modified);
    }

    @Override
    public void sync(boolean metadata) {
        libc.contents().sync(handle, metadata);
    }

    @Override
    public void close() {
        if (handle >= 0) {
            libc.close(handle);
        }
        handle = CLOSED;
    }
}
