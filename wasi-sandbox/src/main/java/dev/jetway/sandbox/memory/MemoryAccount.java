package dev.jetway.sandbox.memory;

import dev.jetway.base.ByteSize;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much linear memory some guests have together, and may have. What they have been granted
 * counts, whether they have touched it or not. Safe to share between threads.
 */
public final class MemoryAccount {
    private final String limitName;
    private volatile long limit;
    private final @Nullable MemoryAccount parent;
    private final AtomicLong used = new AtomicLong();

    /**
     * An account of its own.
     *
     * @param limitName what the limit is called in logs and metrics
     */
    public MemoryAccount(String limitName, ByteSize limit) {
        this(limitName, limit, null);
    }

    private MemoryAccount(String limitName, ByteSize limit, @Nullable MemoryAccount parent) {
        this.limitName = limitName;
        this.limit = limit.bytes();
        this.parent = parent;
    }

    /** An account whose bytes are bytes of this one too. */
    public MemoryAccount part(String partLimitName, ByteSize partLimit) {
        return new MemoryAccount(partLimitName, partLimit, this);
    }

    /** Another limit holds from now on; what is over it already is kept. */
    public void changeLimit(ByteSize changed) {
        limit = changed.bytes();
    }

    /** Takes bytes; or takes none and returns the name of the limit that forbids it. */
    public Optional<String> reserve(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return Optional.of(limitName);
        }
        Optional<String> refused = parent == null ? Optional.empty() : parent.reserve(bytes);
        if (refused.isPresent()) {
            used.addAndGet(-bytes);
        }
        return refused;
    }

    /** Gives bytes back. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /** Bytes that guests have now. */
    public long used() {
        return used.get();
    }
}
