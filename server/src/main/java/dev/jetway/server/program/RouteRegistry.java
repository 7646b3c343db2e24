package dev.jetway.server.program;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.failure.ErrorPages;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All routes as requests find them: those of the configuration, and those that their modules
 * declare. Both may change while requests are served; then one immutable table takes the place of
 * the other, and requests in flight finish on what they found. Safe to share between threads.
 */
public final class RouteRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(RouteRegistry.class);

    private final ProgramLoader loader;
    private final LoadQueue queue;
    private final Tenants tenants;
    private final GuestScheduler scheduler;
    private final Map<ModuleRoute, ProgramSlot> declared = new HashMap<>();
    private final Map<ProgramSlot, ServedModule> served = new HashMap<>();
    private volatile List<ConfiguredRoute> configured = List.of();
    private volatile ErrorPages errorPages = ErrorPages.NONE;
    private volatile List<ProgramSlot> programs = List.of();
    private volatile SiteTable<ServedRoute> sites = new SiteTable<>(List.of(), ErrorPages.NONE);

    /**
     * No routes yet.
     *
     * @param tenants of the sites of all routes that will be served
     * @param scheduler decides when the routes' guests run
     */
    public RouteRegistry(
            ProgramLoader loader, LoadQueue queue, Tenants tenants, GuestScheduler scheduler) {
        this.loader = loader;
        this.queue = queue;
        this.tenants = tenants;
        this.scheduler = scheduler;
    }

    /**
     * Routes that are to take the place of those that are served.
     *
     * @param routes all of them, in the order of the configuration
     * @param added programs of those that are new or have changed
     * @param errorPages what is shown for hosts that no site answers
     */
    public record Next(
            List<ConfiguredRoute> routes, List<ProgramSlot> added, ErrorPages errorPages) {
        /** Copies the lists. */
        public Next {
            routes = List.copyOf(routes);
            added = List.copyOf(added);
        }
    }

    /**
     * What is to be served next. Routes that have not changed keep their programs. Nobody can ask
     * for the others yet; the caller may load them before {@link #serve}.
     */
    public Next next(List<Route> routes, ErrorPages pages) {
        // Most routes of a reload are the very objects of before: looked for without comparing.
        var same = new IdentityHashMap<Route, ConfiguredRoute>();
        configured.forEach(c -> same.put(c.route(), c));
        List<Route> read = routes.stream().filter(r -> !same.containsKey(r)).toList();
        Map<Route, ConfiguredRoute> alike = read.isEmpty() ? Map.of() : anywhere();
        var next = new ArrayList<ConfiguredRoute>();
        var added = new ArrayList<ProgramSlot>();
        for (Route route : routes) {
            ConfiguredRoute kept = same.get(route);
            if (kept == null) {
                kept = alike.get(route.anywhere());
            }
            ConfiguredRoute one = kept == null ? configure(route) : kept;
            next.add(one);
            if (kept == null) {
                added.addAll(one.programs());
            }
        }
        return new Next(next, added, pages);
    }

    private Map<Route, ConfiguredRoute> anywhere() {
        return configured.stream()
                .collect(Collectors.toMap(c -> c.route().anywhere(), c -> c, (first, _) -> first));
    }

    private ConfiguredRoute configure(Route route) {
        Tenant tenant = tenants.of(route.site());
        return new ConfiguredRoute(
                route,
                ModuleRoute.of(route)
                        .map(r ->
                                new ProgramSlot(
                                        r, tenant, loader.of(r, tenant), queue, this::refresh))
                        .toList());
    }

    /**
     * Serves these routes from now on, and those that their modules declare.
     *
     * @return how many programs are served no more
     */
    public synchronized int serve(Next next) {
        Set<ProgramSlot> gone = new HashSet<>(programs);
        configured = next.routes();
        errorPages = next.errorPages();
        refresh();
        programs.forEach(gone::remove);
        gone.forEach(ProgramSlot::letGo);
        // Their modules are loaded: whether they can be run is known before anybody asks.
        declared.values().forEach(ProgramSlot::loadNow);
        return gone.size();
    }

    /** Looks whether modules have changed; called by one thread, again and again. */
    public void lookAtModules() {
        programs.forEach(ProgramSlot::look);
    }

    /** The programs of the configured routes, in their order. */
    public List<ProgramSlot> configured() {
        return configured.stream().flatMap(c -> c.programs().stream()).toList();
    }

    /** The programs of all routes: those of the configuration, each followed by declared ones. */
    public List<ProgramSlot> all() {
        return programs;
    }

    /** Where requests find the routes. */
    public SiteTable<ServedRoute> sites() {
        return sites;
    }

    /** A program as requests find it. */
    public synchronized ServedModule served(ProgramSlot program) {
        return served.computeIfAbsent(program, this::makeServed);
    }

    private ServedModule makeServed(ProgramSlot program) {
        ModuleRoute route = program.configured();
        Tenant tenant = program.tenant();
        return new ServedModule(
                route,
                scheduler.admission(tenant.account(), route.action().traffic().share()),
                program,
                tenant.log(route.route()));
    }

    /** Where a route answers. */
    private record Address(String site, RoutePattern pattern) {
        static Address of(Route route) {
            return new Address(route.site().name(), route.pattern());
        }
    }

    /** A route of the configuration wins over one that a module declares; of those the first. */
    private synchronized void refresh() {
        Set<Address> taken =
                configured.stream()
                        .map(c -> Address.of(c.route()))
                        .collect(Collectors.toCollection(HashSet::new));
        var all = new ArrayList<ProgramSlot>();
        var table = new ArrayList<ServedRoute>();
        for (ConfiguredRoute route : configured) {
            table.add(route.served(this::served));
            for (ProgramSlot program : route.programs()) {
                all.add(program);
                for (ProgramSlot declaredOne : declaredBy(program, taken)) {
                    all.add(declaredOne);
                    table.add(served(declaredOne));
                }
            }
        }
        programs = List.copyOf(all);
        sites = new SiteTable<>(table, errorPages);
        forgetAllBut(new HashSet<>(all));
    }

    private List<ProgramSlot> declaredBy(ProgramSlot program, Set<Address> taken) {
        var own = new ArrayList<ProgramSlot>();
        for (ModuleRoute route : program.declared()) {
            if (taken.add(Address.of(route.route()))) {
                own.add(declared.computeIfAbsent(route, r -> makeDeclared(program, r)));
            } else {
                LOG.warn(
                        "{}: '_routes' declares {}, which stands elsewhere already: left out",
                        route.route().position(),
                        route.route().pattern());
            }
        }
        return own;
    }

    private ProgramSlot makeDeclared(ProgramSlot parent, ModuleRoute route) {
        return new ProgramSlot(
                route,
                parent.tenant(),
                loader.ofDeclared(route, parent.tenant(), parent::loaded),
                queue,
                () -> {});
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
