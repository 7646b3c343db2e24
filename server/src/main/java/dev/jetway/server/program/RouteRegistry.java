package dev.jetway.server.program;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.gateway.ServedModule;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.SiteTable;
import dev.jetway.server.tenant.Tenant;
import dev.jetway.server.tenant.Tenants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All routes as requests find them: those of the configuration, and those that their modules
 * declare. The latter change when a module is mended or comes back as another; then one immutable
 * table takes the place of the other. Safe to share between threads.
 */
public final class RouteRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(RouteRegistry.class);

    private final List<ProgramSlot> configured;
    private final ProgramLoader loader;
    private final LoadQueue queue;
    private final GuestScheduler scheduler;
    private final Map<ModuleRoute, ProgramSlot> declared = new HashMap<>();
    private final Map<ProgramSlot, ServedModule> served = new HashMap<>();
    private boolean open;
    private volatile List<ProgramSlot> programs = List.of();
    private volatile SiteTable<ServedRoute> sites = new SiteTable<>(List.of());

    /**
     * Routes that nobody can ask for yet.
     *
     * @param tenants of the sites of these routes
     * @param scheduler decides when the routes' guests run
     */
    public RouteRegistry(
            List<Route> routes,
            ProgramLoader loader,
            LoadQueue queue,
            Tenants tenants,
            GuestScheduler scheduler) {
        this.loader = loader;
        this.queue = queue;
        this.scheduler = scheduler;
        this.configured =
                ModuleRoute.among(routes)
                        .map(r ->
                                new ProgramSlot(
                                        r,
                                        tenants.of(r.route().site()),
                                        loader.of(r),
                                        queue,
                                        this::refresh))
                        .toList();
    }

    /** Those of the configuration, in its order. */
    public List<ProgramSlot> configured() {
        return configured;
    }

    /** The same, each followed by those that its module declares. */
    public List<ProgramSlot> all() {
        return programs;
    }

    /** Where requests find them. */
    public SiteTable<ServedRoute> sites() {
        return sites;
    }

    /** A route as requests find it. */
    public synchronized ServedModule served(ProgramSlot program) {
        return served.computeIfAbsent(program, this::serve);
    }

    private ServedModule serve(ProgramSlot program) {
        ModuleRoute route = program.configured();
        Tenant tenant = program.tenant();
        return new ServedModule(
                route,
                scheduler.admission(tenant.account(), route.action().traffic().share()),
                program,
                tenant.log(route.route()));
    }

    /** Makes the first table, when the modules that may declare routes are loaded. */
    public synchronized void open() {
        open = true;
        refresh();
        // Their modules are loaded: whether they can be run is known before anybody asks.
        declared.values().forEach(ProgramSlot::loadNow);
    }

    /** Where a route answers. */
    private record Address(String site, RoutePattern pattern) {
        static Address of(ModuleRoute configured) {
            Route route = configured.route();
            return new Address(route.site().name(), route.pattern());
        }
    }

    /** A route of the file wins over one that a module declares; of those the first. */
    private synchronized void refresh() {
        if (!open) {
            return;
        }
        Set<Address> taken =
                configured.stream()
                        .map(p -> Address.of(p.configured()))
                        .collect(Collectors.toCollection(HashSet::new));
        var all = new ArrayList<ProgramSlot>();
        for (ProgramSlot program : configured) {
            all.add(program);
            for (ModuleRoute route : program.declared()) {
                if (taken.add(Address.of(route))) {
                    all.add(declared.computeIfAbsent(route, r -> declaredBy(program, r)));
                } else {
                    LOG.warn(
                            "{}: '_routes' declares {}, which stands elsewhere already: left out",
                            route.route().position(),
                            route.route().pattern());
                }
            }
        }
        programs = List.copyOf(all);
        sites = new SiteTable<>(all.stream().<ServedRoute>map(this::served).toList());
        forgetAllBut(new HashSet<>(all));
    }

    private ProgramSlot declaredBy(ProgramSlot parent, ModuleRoute route) {
        return new ProgramSlot(
                route, parent.tenant(), loader.ofDeclared(route, parent::loaded), queue, () -> {});
    }

    private void forgetAllBut(Set<ProgramSlot> live) {
        served.keySet().retainAll(live);
        declared.values()
                .removeIf(program -> {
                    boolean gone = !live.contains(program);
                    if (gone) {
                        program.letGo();
                    }
                    return gone;
                });
    }
}
