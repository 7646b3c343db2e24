package dev.jetway.server.tenant;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Limit;
import dev.jetway.route.Site;
import dev.jetway.sandbox.memory.MemoryAccount;

/**
 * The linear memory of all guests, with an account for each site. Safe to share between threads.
 */
public final class GuestMemory {
    /** The default share of the heap for guests. */
    private static final double PART_OF_HEAP = 0.6;

    private final MemoryAccount all;
    private final ByteSize half;

    /**
     * Unused memory.
     *
     * @param limit of all guests together
     */
    public GuestMemory(ByteSize limit) {
        this.all = new MemoryAccount(Limit.GUEST_MEMORY.label(), limit);
        this.half = new ByteSize(limit.bytes() / 2);
    }

    /** The default limit. */
    public static ByteSize standard() {
        return new ByteSize((long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP));
    }

    /** A new account for a site; not kept here. */
    MemoryAccount account(Site site) {
        return all.part(Limit.SITE_MEMORY.label(), limit(site));
    }

    /**
     * The limit of a site: at most half of all, so that one tenant cannot keep the others from
     * starting.
     */
    ByteSize limit(Site site) {
        return site.name().equals(Site.DEFAULT.name()) || site.memory().compareTo(half) <= 0
                ? site.memory()
                : half;
    }

    /** Bytes in use. */
    public long used() {
        return all.used();
    }
}
