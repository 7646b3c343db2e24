package dev.jetway.server.tenant;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Limit;
import dev.jetway.route.Site;
import dev.jetway.sandbox.memory.MemoryAccount;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The linear memory of all guests, and of those of each site. Safe to share between threads. */
public final class SiteMemory {
    /** The part of the heap that guests may have if nothing is said. */
    private static final double PART_OF_HEAP = 0.6;

    private final MemoryAccount all;
    private final ByteSize half;
    private final Map<String, MemoryAccount> sites = new ConcurrentHashMap<>();

    public SiteMemory(ByteSize limit) {
        this.all = new MemoryAccount(Limit.GUEST_MEMORY.label(), limit);
        this.half = new ByteSize(limit.bytes() / 2);
    }

    /** What there is if nothing is said. */
    public static ByteSize standard() {
        return new ByteSize((long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP));
    }

    /** Of a tenant at most half of all: one alone does not keep the others from starting. */
    public MemoryAccount of(Site site) {
        ByteSize most = site.equals(Site.DEFAULT) ? site.memory() : least(site.memory(), half);
        return sites.computeIfAbsent(site.name(), _ -> all.part(Limit.SITE_MEMORY.label(), most));
    }

    private static ByteSize least(ByteSize one, ByteSize other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    public long used() {
        return all.used();
    }
}
