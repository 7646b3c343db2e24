package dev.jetway.sandbox.file.memory;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.TimeChange;

/** An open regular file in memory, with a position. Used by the run's thread only. */
final class ScratchFile implements OpenFile {
    private final ScratchNode.File node;
    private final ScratchRoom room;
    private long position;
    private boolean append;
    private boolean closed;

    ScratchFile(ScratchNode.File node, ScratchRoom room, boolean append) {
        this.node = node;
        this.room = room;
        this.append = append;
        node.opened();
    }

    private ScratchNode.File node() {
        if (closed) {
            throw Errno.BADF.failure();
        }
        return node;
    }

    @Override
    public int read(byte[] to, int length) {
        int read = node().read(position, to, length);
        position += read;
        return read;
    }

    @Override
    public int readAt(long offset, byte[] to, int length) {
        return node().read(notNegative(offset), to, length);
    }

    @Override
    public int write(byte[] from, int length) {
        if (append) {
            position = node().size();
        }
        int written = node().write(position, from, length);
        position += written;
        return written;
    }

    @Override
    public int writeAt(long offset, byte[] from, int length) {
        return node().write(notNegative(offset), from, length);
    }

    @Override
    public long seek(long offset, Whence whence) {
        long base =
                switch (whence) {
                    case START -> 0;
                    case CURRENT -> position;
                    case END -> node().size();
                };
        if (offset > 0 && base > Long.MAX_VALUE - offset) {
            throw Errno.OVERFLOW.failure();
        }
        position = notNegative(base + offset);
        return position;
    }

    private static long notNegative(long offset) {
        if (offset < 0) {
            throw Errno.INVAL.failure();
        }
        return offset;
    }

    @Override
    public void setAppend(boolean on) {
        append = on;
    }

    @Override
    public void setSize(long size) {
        node().setSize(notNegative(size));
    }

    @Override
    public void allocate(long offset, long length) {
        if (length <= 0) {
            throw Errno.INVAL.failure();
        }
        node().allocate(notNegative(offset), length);
    }

    @Override
    public FileStatus status() {
        return node().status();
    }

    @Override
    public void setTimes(TimeChange accessed, TimeChange modified) {
        node().setTimes(accessed, modified, room.now());
    }

    /** Nothing to wait for: there is no device. */
    @Override
    public void sync(boolean metadata) {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            node.closed();
        }
    }
}
