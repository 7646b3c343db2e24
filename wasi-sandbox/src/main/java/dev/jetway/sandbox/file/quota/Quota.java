package dev.jetway.sandbox.file.quota;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.LimitHits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The space of a site's writable volumes: names, and bytes of regular files, each counted once
 * however many names it has. Counted once from the host's file system, then updated by the guests'
 * own changes; changes by others are not seen before the next count. Safe to share between threads:
 * guests that change something take turns.
 */
public final class Quota {
    private long maximumBytes;
    private long maximumFiles;
    private final CountDownLatch counted = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<FileId, Integer> open = new HashMap<>();
    private long bytes;
    private long files;

    /** A file of the host. */
    record FileId(long device, long inode) {
        static FileId of(FileStatus status) {
            return new FileId(status.device(), status.inode());
        }
    }

    /**
     * A quota before its count: guests that would change something wait for {@link #count}.
     *
     * @param bytes of all regular files together
     * @param files names of files, directories and links
     */
    public Quota(long bytes, long files) {
        this.maximumBytes = bytes;
        this.maximumFiles = files;
    }

    /**
     * Counts what is in some directories, without following links; guests that would change
     * something wait meanwhile. To be called again when the directories are others.
     *
     * @param roots none of them inside of another
     * @throws IOException if it cannot be counted; nothing more may be written then
     * @throws InterruptedException if the thread is to end; nothing more may be written then
     */
    public void count(Collection<Path> roots) throws IOException, InterruptedException {
        // Not given up when interrupted: what waits for the count must learn that there is none.
        lock.lock();
        try {
            // Full, whatever the limits become, if it cannot be counted.
            bytes = Long.MAX_VALUE / 2;
            files = Long.MAX_VALUE / 2;
            var count = new VolumeCount();
            for (Path root : roots) {
                count.add(root);
            }
            bytes = count.bytes();
            files = count.names();
        } finally {
            lock.unlock();
            counted.countDown();
        }
    }

    /** Other limits hold from now on; what is over them already is kept. */
    public void changeLimits(long maximumOfBytes, long maximumOfFiles) {
        guarded(() -> {
            maximumBytes = maximumOfBytes;
            maximumFiles = maximumOfFiles;
            return this;
        });
    }

    /** Bytes in use; 0 before the count. */
    public long usedBytes() {
        return guarded(() -> bytes);
    }

    /** Names in use; 0 before the count. */
    public long usedFiles() {
        return guarded(() -> files);
    }

    private <T> T guarded(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs a guest's change exclusively; waits for the count. */
    <T> T change(Supplier<T> change) {
        try {
            counted.await();
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw Interruption.now();
        }
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the cleanup of a run, even if the run is interrupted. */
    void ended(Runnable change) {
        guarded(() -> {
            change.run();
            return this;
        });
    }

    /** Throws if no name may be added. Inside of a change only, as are all methods below. */
    void requireName(LimitHits limitHits) {
        if (files >= maximumFiles) {
            limitHits.add("volume-files");
            throw Errno.DQUOT.failure();
        }
    }

    void addNames(int count) {
        files = Math.max(files + count, 0);
    }

    /** The number of these bytes that may be added; throws if none. */
    long allowed(long wanted, LimitHits limitHits) {
        long left = Math.max(maximumBytes - bytes, 0);
        if (wanted > left) {
            limitHits.add("volume-bytes");
            if (left == 0) {
                throw Errno.DQUOT.failure();
            }
        }
        return Math.min(wanted, left);
    }

    void addBytes(long count) {
        bytes = Math.max(bytes + count, 0);
    }

    void opened(FileId file) {
        open.merge(file, 1, Integer::sum);
    }

    /** Closes a file once; returns whether it was open for the last time. */
    boolean closed(FileId file) {
        return open.merge(file, -1, (had, _) -> had > 1 ? had - 1 : null) == null;
    }

    boolean isOpen(FileId file) {
        return open.containsKey(file);
    }
}
