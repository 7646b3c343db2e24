package dev.jetway.server.tenant;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tenants of all sites that are served, by name. Safe to share between threads. */
public final class Tenants implements AutoCloseable {
    private final GuestScheduler scheduler;
    private final GuestMemory memory;
    private final GuestLogs logs;
    private final ExecutorService counter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("volume-counter").daemon().factory());
    private volatile Map<String, Tenant> byName = Map.of();

    /** No site is served yet. */
    public Tenants(GuestScheduler scheduler, GuestMemory memory, GuestLogs logs) {
        this.scheduler = scheduler;
        this.memory = memory;
        this.logs = logs;
    }

    /**
     * Serves the sites of these routes from now on: a new one gets a tenant, one that has changed
     * its limits, one that is not among them is forgotten. Guests in flight go on.
     */
    public synchronized void serve(List<Route> routes) {
        Map<String, List<Route>> bySite =
                routes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> r.site().name(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        var next = new LinkedHashMap<String, Tenant>();
        bySite.forEach((name, own) -> next.put(name, tenant(byName.get(name), own)));
        byName = next;
    }

    private Tenant tenant(@Nullable Tenant before, List<Route> routes) {
        Site site = routes.getFirst().site();
        Tenant tenant = before;
        if (tenant == null) {
            tenant = new Tenant(site, scheduler.account(site.share()), memory.account(site), logs);
        } else if (!site.share().equals(tenant.site().share())) {
            scheduler.change(tenant.account(), site.share());
        }
        tenant.change(site, memory, routes, counter);
        return tenant;
    }

    /**
     * The tenant of a site.
     *
     * @throws IllegalArgumentException if the site is not served
     */
    public Tenant of(Site site) {
        Tenant tenant = byName.get(site.name());
        if (tenant == null) {
            throw new IllegalArgumentException("site " + site.name() + " is not served");
        }
        return tenant;
    }

    /** The sites that are served now. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Counts no more volumes. */
    @Override
    public void close() {
        counter.shutdownNow();
    }
}
