package dev.jetway.sandbox.file.quota;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.TimeChange;
import java.util.function.IntUnaryOperator;

/** A file under a quota, which counts growth before it happens. Used by the run's thread only. */
final class QuotaFile implements OpenFile {
    private final OpenFile file;
    private final Quota quota;
    private final LimitHits limitHits;
    private final Quota.FileId id;
    private boolean append;
    private boolean closed;

    /** To be created inside of a change of the quota. */
    QuotaFile(OpenFile file, Quota quota, LimitHits limitHits, boolean append) {
        this.file = file;
        this.quota = quota;
        this.limitHits = limitHits;
        this.append = append;
        this.id = Quota.FileId.of(file.status());
        quota.opened(id);
    }

    @Override
    public int read(byte[] to, int length) {
        return file.read(to, length);
    }

    @Override
    public int readAt(long offset, byte[] to, int length) {
        return file.readAt(offset, to, length);
    }

    @Override
    public int write(byte[] from, int length) {
        return quota.change(() -> {
            long size = file.status().size();
            long start = append ? size : file.seek(0, Whence.CURRENT);
            return growing(size, start, length, allowed -> file.write(from, allowed));
        });
    }

    @Override
    public int writeAt(long offset, byte[] from, int length) {
        return quota.change(() -> {
            long size = file.status().size();
            return growing(size, offset, length, allowed -> file.writeAt(offset, from, allowed));
        });
    }

    /** Writes as much as the quota allows; the host may refuse more. */
    private int growing(long size, long start, int length, IntUnaryOperator writing) {
        // Growth of the file; a hole before the start counts.
        long growth = start > Long.MAX_VALUE - length ? 0 : start + length - size;
        int allowed = length;
        if (growth > 0 && length > 0) {
            long granted = quota.allowed(growth, limitHits);
            if (growth - granted >= length) {
                throw Errno.DQUOT.failure();
            }
            allowed = (int) (length - (growth - granted));
        }
        int written = writing.applyAsInt(allowed);
        quota.addBytes(Math.max(file.status().size() - size, 0));
        return written;
    }

    @Override
    public long seek(long offset, Whence whence) {
        return file.seek(offset, whence);
    }

    @Override
    public void setAppend(boolean append) {
        file.setAppend(append);
        this.append = append;
    }

    @Override
    public void setSize(long size) {
        resized(size, () -> file.setSize(size));
    }

    @Override
    public void allocate(long offset, long length) {
        boolean possible = offset >= 0 && length >= 0 && offset <= Long.MAX_VALUE - length;
        resized(possible ? offset + length : 0, () -> file.allocate(offset, length));
    }

    private void resized(long end, Runnable change) {
        quota.change(() -> {
            long before = file.status().size();
            long growth = end - before;
            if (growth > 0 && quota.allowed(growth, limitHits) < growth) {
                throw Errno.DQUOT.failure();
            }
            change.run();
            quota.addBytes(file.status().size() - before);
            return limitHits;
        });
    }

    @Override
    public FileStatus status() {
        return file.status();
    }

    @Override
    public void setTimes(TimeChange accessed, TimeChange modified) {
        file.setTimes(accessed, modified);
    }

    @Override
    public void sync(boolean metadata) {
        file.sync(metadata);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        quota.ended(() -> {
            FileStatus last = file.status();
            if (quota.closed(id) && last.links() == 0) {
                quota.addBytes(-last.size());
            }
        });
        file.close();
    }
}
