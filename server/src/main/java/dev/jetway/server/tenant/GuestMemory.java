package dev.jetway.server.tenant;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Limit;
import dev.jetway.route.Site;
import dev.jetway.sandbox.memory.MemoryAccount;

/**
 * The linear memory of all guests, of which each site has a part. Safe to share between threads.
 */
public final class GuestMemory {
    /** The part of the heap that guests may have if nothing is said. */
    private static final double PART_OF_HEAP = 0.6;

    private final MemoryAccount all;
    private final ByteSize half;

    /**
     * Memory that nobody uses yet.
     *
     * @param limit of all guests together
     */
    public GuestMemory(ByteSize limit) {
        this.all = new MemoryAccount(Limit.GUEST_MEMORY.label(), limit);
        this.half = new ByteSize(limit.bytes() / 2);
    }

    /** The limit if nothing is said. */
    public static ByteSize standard() {
        return new ByteSize((long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP));
    }

    /** A new account of a site. Nothing here holds it. */
    MemoryAccount account(Site site) {
        return all.part(Limit.SITE_MEMORY.label(), limit(site));
    }

    /** The most for a tenant is half of all: one alone does not keep the others from starting. */
    ByteSize limit(Site site) {
        return site.name().equals(Site.DEFAULT.name()) || site.memory().compareTo(half) <= 0
                ? site.memory()
                : half;
    }

    /** Bytes that guests have now. */
    public long used() {
        return all.used();
    }
}
