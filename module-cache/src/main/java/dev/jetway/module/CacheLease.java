package dev.jetway.module;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The right to use a module while a cache holds it, from a load until its eviction. A holder that
 * keeps the module between two uses registers with {@link #whenOver} and releases it then, so that
 * the cache's bound is the bound of all holders. Safe to share between threads.
 */
public final class CacheLease {
    private final CompiledModule module;
    private final Cache<String, CacheLease> cache;
    private final Set<Runnable> holders = new HashSet<>();
    private volatile boolean over;

    CacheLease(CompiledModule module, Cache<String, CacheLease> cache) {
        this.module = module;
        this.cache = cache;
    }

    /** The module; stays usable after the lease has ended. */
    public CompiledModule module() {
        return module;
    }

    /** Marks the module as used: the least used one is evicted first. Takes no lock. */
    public void touch() {
        var _ = cache.getIfPresent(module.digest());
    }

    /** Whether the cache has evicted the module. */
    public boolean isOver() {
        return over;
    }

    /**
     * Calls a holder when the lease ends, on any thread, or at once if it has ended; each holder
     * once. The call must be short, must not fail and must not use the cache.
     */
    public void whenOver(Runnable holder) {
        synchronized (holders) {
            if (!over) {
                holders.add(holder);
                return;
            }
        }
        holder.run();
    }

    /** Ends the lease; a second call does nothing. */
    void end() {
        List<Runnable> told;
        synchronized (holders) {
            over = true;
            told = List.copyOf(holders);
            holders.clear();
        }
        told.forEach(Runnable::run);
    }
}
