package dev.jetway.sandbox.file.memory;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.LimitHits;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much a guest may keep in a directory in memory, which is gone with its run. Each name and
 * each begun block of contents counts as one block, so that one bound holds for bytes and for
 * files; no bookkeeping of a guest's making is outside of it. Used by the run's thread, which must
 * close it.
 */
public final class ScratchRoom implements AutoCloseable {
    /** Bytes of a block, as in most file systems. */
    public static final int BLOCK = 4096;

    private final long limit;
    private final Account account;
    private final LongSupplier clock;
    private final LimitHits met;
    private long used;

    /** Where the bytes come from, for many runs together. Safe to share between threads. */
    public interface Account {
        /** Takes bytes; or takes none and returns the name of the limit that forbids it. */
        Optional<String> reserve(long bytes);

        /** Gives bytes back. */
        void release(long bytes);
    }

    /**
     * A room that nothing has been put in.
     *
     * @param limit bytes
     * @param clock nanoseconds since 1970, for the times of files
     * @param met is told when there is no room left
     */
    public ScratchRoom(long limit, Account account, LongSupplier clock, LimitHits met) {
        this.limit = limit;
        this.account = account;
        this.clock = clock;
        this.met = met;
    }

    /** Bytes that a file may have, holes among them. */
    long maximumSize() {
        return limit;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Takes one block, or throws {@link Errno#NOSPC}. */
    void take() {
        Optional<String> refused =
                used + BLOCK > limit ? Optional.of("scratch") : account.reserve(BLOCK);
        if (refused.isPresent()) {
            met.add(refused.get());
            throw Errno.NOSPC.failure();
        }
        used += BLOCK;
    }

    /** Gives blocks back. */
    void give(long blocks) {
        used -= blocks * BLOCK;
        account.release(blocks * BLOCK);
    }

    /** Bytes in use. */
    public long used() {
        return used;
    }

    /** Gives everything back. */
    @Override
    public void close() {
        account.release(used);
        used = 0;
    }
}
