package dev.jetway.sandbox.memory;

import dev.jetway.base.ByteSize;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The linear memory of a group of guests, and its limit. All granted memory counts, touched or not.
 * Safe to share between threads.
 */
public final class MemoryAccount {
    private final String limitName;
    private volatile long limit;
    private final @Nullable MemoryAccount parent;
    private final AtomicLong used = new AtomicLong();

    /**
     * An account without a parent.
     *
     * @param limitName the name of the limit in logs and metrics
     */
    public MemoryAccount(String limitName, ByteSize limit) {
        this(limitName, limit, null);
    }

    private MemoryAccount(String limitName, ByteSize limit, @Nullable MemoryAccount parent) {
        this.limitName = limitName;
        this.limit = limit.bytes();
        this.parent = parent;
    }

    /** An account within this one: its bytes count here too. */
    public MemoryAccount part(String partLimitName, ByteSize partLimit) {
        return new MemoryAccount(partLimitName, partLimit, this);
    }

    /** Another limit holds from now on; what is over it already is kept. */
    public void changeLimit(ByteSize changed) {
        limit = changed.bytes();
    }

    /** Reserves bytes; or reserves none and returns the name of the limit that forbids it. */
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

    /** Releases bytes. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /** Bytes that are reserved now. */
    public long used() {
        return used.get();
    }
}
