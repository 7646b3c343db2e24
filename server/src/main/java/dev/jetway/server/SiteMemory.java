package dev.jetway.server;

import dev.jetway.cgi.Site;
import dev.jetway.sandbox.MemoryAccount;
import dev.jetway.unit.ByteSize;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The linear memory of all guests, and of those of each site. Safe to share between threads. */
final class SiteMemory {
    /** The part of the heap that guests may have if nothing is said. */
    private static final double PART_OF_HEAP = 0.6;

    private final MemoryAccount all;
    private final Map<String, MemoryAccount> sites = new ConcurrentHashMap<>();

    SiteMemory(ByteSize limit) {
        this.all = new MemoryAccount("guest-memory", limit);
    }

    /** What there is if nothing is said. */
    static ByteSize standard() {
        return new ByteSize((long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP));
    }

    MemoryAccount of(Site site) {
        return sites.computeIfAbsent(site.name(), _ -> all.part("site-memory", site.memory()));
    }

    long used() {
        return all.used();
    }
}
