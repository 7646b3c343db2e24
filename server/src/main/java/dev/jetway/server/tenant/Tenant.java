package dev.jetway.server.tenant;

import dev.jetway.admission.SiteAccount;
import dev.jetway.gateway.GuestLog;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.sandbox.Resources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The live state of a site: its accounts with the scheduler and of memory, the quota of its
 * volumes, its log. The accounts stay when the site's limits change, so that guests in flight
 * count; after the site's removal they are collected with its last guest. Safe to share between
 * threads.
 */
public final class Tenant {
    private final SiteAccount account;
    private final Resources resources;
    private final GuestLogs logs;
    private volatile Site site;
    private volatile @Nullable SiteVolumes volumes;
    private List<Route> served = List.of();
    private int waitingForModules;

    /**
     * The state of a new site.
     *
     * @param resources of its guests without its volumes
     */
    Tenant(Site site, SiteAccount account, Resources resources, GuestLogs logs) {
        this.site = site;
        this.account = account;
        this.resources = resources;
        this.logs = logs;
    }

    /** The site as configured now. */
    public Site site() {
        return site;
    }

    /** The account with the scheduler. */
    public SiteAccount account() {
        return account;
    }

    /** The resources that guests share which start now. */
    public Resources resources() {
        return new Resources(
                resources.memory(),
                Optional.ofNullable(volumes).map(SiteVolumes::quota),
                resources.modes());
    }

    /** The destination of the standard error of a route's guests. */
    public GuestLog log(Route route) {
        return logs.of(route);
    }

    /** Counts a request that is about to wait for a module; false if too many of the site wait. */
    public synchronized boolean enterModuleWait() {
        if (waitingForModules >= site.share().waiting()) {
            return false;
        }
        waitingForModules++;
        return true;
    }

    /** Ends the wait that {@link #enterModuleWait} began. */
    public synchronized void leaveModuleWait() {
        waitingForModules--;
    }

    /** Adopts the current configuration; called in the order of configuration changes. */
    void change(Site changed, GuestMemory all, List<Route> routes, Executor counter) {
        if (routes.equals(served)) {
            return;
        }
        served = List.copyOf(routes);
        site = changed;
        List<ModuleRoute> modules = ModuleRoute.among(routes).toList();
        resources.memory().changeLimit(all.limit(changed));
        SiteVolumes before = volumes;
        volumes =
                changed.volumes()
                        .map(limits ->
                                before == null
                                        ? SiteVolumes.counted(changed, limits, modules, counter)
                                        : before.changed(changed, limits, modules, counter))
                        .orElse(null);
    }
}
