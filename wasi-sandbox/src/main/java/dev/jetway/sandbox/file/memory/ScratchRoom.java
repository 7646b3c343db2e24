package dev.jetway.sandbox.file.memory;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.LimitHits;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The space for a guest's directory in memory, which is gone with its run. Each name and each begun
 * block of contents counts as one block, so that one bound covers bytes, files and all bookkeeping
 * that a guest can cause. Used by the run's thread, which must close it.
 */
public final class ScratchRoom implements AutoCloseable {
    /** Size of a block in bytes, as in most file systems. */
    public static final int BLOCK = 4096;

    private final long limit;
    private final Account account;
    private final LongSupplier clock;
    private final LimitHits limitHits;
    private long used;

    /** Grants the bytes, for many runs together. Safe to share between threads. */
    public interface Account {
        /** Reserves bytes; or reserves none and returns the name of the limit that forbids it. */
        Optional<String> reserve(long bytes);

        /** Releases bytes. */
        void release(long bytes);
    }

    /**
     * An empty room.
     *
     * @param limit bytes
     * @param clock nanoseconds since 1970, for the times of files
     * @param limitHits notes when there is no room left
     */
    public ScratchRoom(long limit, Account account, LongSupplier clock, LimitHits limitHits) {
        this.limit = limit;
        this.account = account;
        this.clock = clock;
        this.limitHits = limitHits;
    }

    /** Maximum size of a file in bytes, holes included. */
    long maximumSize() {
        return limit;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Reserves one block, or throws {@link Errno#NOSPC}. */
    void take() {
        Optional<String> refused =
                used + BLOCK > limit ? Optional.of("scratch") : account.reserve(BLOCK);
        if (refused.isPresent()) {
            limitHits.add(refused.get());
            throw Errno.NOSPC.failure();
        }
        used += BLOCK;
    }

    /** Releases blocks. */
    void give(long blocks) {
        used -= blocks * BLOCK;
        account.release(blocks * BLOCK);
    }

    /** Bytes in use. */
    public long used() {
        return used;
    }

    /** Releases everything. */
    @Override
    public void close() {
        account.release(used);
        used = 0;
    }
}
