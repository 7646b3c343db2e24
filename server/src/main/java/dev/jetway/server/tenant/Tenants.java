package dev.jetway.server.tenant;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.failure.Failure;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.quota.Quota;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tenants of all served sites, by name. Safe to share between threads. */
public final class Tenants implements AutoCloseable {
    private static final Refuse SUSPENDED = new Refuse(Refuse.Reason.SUSPENDED);

    private final GuestScheduler scheduler;
    private final GuestMemory memory;
    private final GuestLogs logs;
    private final FileModes modes;
    private final ExecutorService counter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("volume-counter").daemon().factory());
    private volatile Map<String, Tenant> byName = Map.of();

    /**
     * Tenants of no sites.
     *
     * @param modes of new files and directories
     */
    public Tenants(GuestScheduler scheduler, GuestMemory memory, GuestLogs logs, FileModes modes) {
        this.scheduler = scheduler;
        this.memory = memory;
        this.logs = logs;
        this.modes = modes;
    }

    /**
     * Serves the sites of these routes from now on: creates tenants of new sites, changes the
     * limits of known ones, and forgets all others. Guests in flight continue.
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
            tenant =
                    new Tenant(
                            site,
                            scheduler.account(site.share()),
                            new Resources(memory.account(site), Optional.empty(), modes),
                            logs);
        } else if (!site.share().equals(tenant.site().share())) {
            scheduler.change(tenant.account(), site.share());
        }
        closeIfSuspended(tenant, routes);
        tenant.change(site, memory, routes, counter);
        return tenant;
    }

    private void closeIfSuspended(Tenant tenant, List<Route> routes) {
        if (routes.stream().anyMatch(r -> r.action().equals(SUSPENDED))) {
            scheduler.close(tenant.account(), new Failure.SiteUnavailable("suspended"));
        } else {
            scheduler.open(tenant.account());
        }
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

    /** The quota of a site's volumes; empty if it has none, or is not served. */
    public Optional<Quota> quota(String site) {
        return Optional.ofNullable(byName.get(site)).flatMap(t -> t.resources().volumes());
    }

    /** The names of the served sites. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Stops counting volumes. */
    @Override
    public void close() {
        counter.shutdownNow();
    }
}
