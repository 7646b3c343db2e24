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

    /** The module, which stays usable after the end. */
    public CompiledModule module() {
        return module;
    }

    /** Tells the cache that the module is used: the least used is evicted first. Takes no lock. */
    public void touch() {
        var _ = cache.getIfPresent(module.digest());
    }

    /** Whether the cache has evicted the module. */
    public boolean isOver() {
        return over;
    }

    /**
     * Has a holder called when the lease ends, on any thread, or at once if it has; the same one
     * only once. It must be short, must not fail, and must not ask the cache for anything.
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

    /** Ends it; once more does nothing. */
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
