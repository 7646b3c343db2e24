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
 * The current routes: those of the configuration and those that their modules declare. On a change
 * one immutable table replaces the other, and requests in flight continue with theirs. Safe to
 * share between threads.
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
     * A registry without routes.
     *
     * @param tenants of all sites with routes
     * @param scheduler admits the routes' guests
     */
    public RouteRegistry(
            ProgramLoader loader, LoadQueue queue, Tenants tenants, GuestScheduler scheduler) {
        this.loader = loader;
        this.queue = queue;
        this.tenants = tenants;
        this.scheduler = scheduler;
    }

    /**
     * The routes that will replace the current ones.
     *
     * @param routes all of them, in the order of the configuration
     * @param added programs of new and changed routes
     * @param errorPages replacements of error pages for hosts that no site answers
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
     * Prepares the next routes. Unchanged routes keep their programs. The others get no requests
     * yet; the caller may load them before {@link #serve}.
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
     * Serves these routes, and those that their modules declare.
     *
     * @return the number of removed programs
     */
    public synchronized int serve(Next next) {
        Set<ProgramSlot> gone = new HashSet<>(programs);
        configured = next.routes();
        errorPages = next.errorPages();
        refresh();
        programs.forEach(gone::remove);
        gone.forEach(ProgramSlot::evict);
        // Their modules are loaded already, so this is quick; their states are known before the
        // first request.
        declared.values().forEach(ProgramSlot::loadNow);
        return gone.size();
    }

    /** Checks all modules for changes; called repeatedly by one thread. */
    public void checkModules() {
        programs.forEach(ProgramSlot::checkForChange);
    }

    /** The programs of the configured routes, in their order. */
    public List<ProgramSlot> configured() {
        return configured.stream().flatMap(c -> c.programs().stream()).toList();
    }

    /** The programs of all routes: those of the configuration, each followed by declared ones. */
    public List<ProgramSlot> all() {
        return programs;
    }

    /** The table in which requests are matched. */
    public SiteTable<ServedRoute> sites() {
        return sites;
    }

    /** A program with its run-time parts. */
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

    /** The address of a route. */
    private record Address(String site, RoutePattern pattern) {
        static Address of(Route route) {
            return new Address(route.site().name(), route.pattern());
        }
    }

    /**
     * Builds a new table. A configured route wins over a declared one; of two declared ones the
     * first.
     */
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
                        program.evict();
                    }
                    return gone;
                });
    }
}
