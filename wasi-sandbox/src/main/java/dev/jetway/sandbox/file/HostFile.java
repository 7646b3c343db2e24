package dev.jetway.sandbox.file;

/** A regular file of a volume, by its handle; the kernel keeps its position. */
final class HostFile implements OpenFile {
    private static final int CLOSED = -1;

    private final Libc libc;
    private final boolean guarded;
    private int handle;

    HostFile(Libc libc, int handle, boolean guarded) {
        this.libc = libc;
        this.guarded = guarded;
        this.handle = handle;
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

    @Override
    public int writeAt(long offset, byte[] from, int length) {
        return libc.contents().write(handle, from, length, offset);
    }

    @Override
    public long seek(long offset, Whence whence) {
        return libc.contents().seek(handle, offset, whence);
    }

    @Override
    public void setAppend(boolean append) {
        libc.contents().setFlags(handle, append ? OpenFlags.APPEND : 0);
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
