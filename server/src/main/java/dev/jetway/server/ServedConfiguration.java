package dev.jetway.server;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.SchedulerLimits;
import dev.jetway.admission.SelectorClocks;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.base.JetwayVersion;
import dev.jetway.base.OpenedParts;
import dev.jetway.base.TemporaryFolder;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.cgi.ServerIdentity.HostName;
import dev.jetway.files.ContentCache;
import dev.jetway.files.ContentLimits;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.GatewaySettings;
import dev.jetway.http.ProxyChain;
import dev.jetway.jetty.GatewayHandler;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.Dialect;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.memory.HeapReserve;
import dev.jetway.sandbox.wasi.WasiModule;
import dev.jetway.server.admin.HealthHandler;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.Guests;
import dev.jetway.server.config.Modules;
import dev.jetway.server.config.Preload;
import dev.jetway.server.config.RestartKeys;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.TlsSettings;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.http.TrustedProxies;
import dev.jetway.server.metrics.Metrics;
import dev.jetway.server.metrics.ModuleMetrics;
import dev.jetway.server.program.CachePreloader;
import dev.jetway.server.program.CompilerThreads;
import dev.jetway.server.program.IdleProgramEvictor;
import dev.jetway.server.program.LoadQueue;
import dev.jetway.server.program.LoadState;
import dev.jetway.server.program.ProgramLoader;
import dev.jetway.server.program.ProgramSlot;
import dev.jetway.server.program.RouteDiscovery;
import dev.jetway.server.program.RouteLoader;
import dev.jetway.server.program.RouteRegistry;
import dev.jetway.server.program.RouteStatus;
import dev.jetway.server.program.SnapshotListing;
import dev.jetway.server.program.WarmUps;
import dev.jetway.server.registry.RemoteModule;
import dev.jetway.server.registry.TagChecks;
import dev.jetway.server.tenant.GuestMemory;
import dev.jetway.server.tenant.TemporaryCleaner;
import dev.jetway.server.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/**
 * A configuration as it is served: the programs of its routes, its tenants, their logs and the
 * pipeline, under whichever Jetty server. Started by {@link #start}, closed with the parts that it
 * was given. Safe to share between threads.
 */
final class ServedConfiguration {
    /** Maximum passwords verified at once: guests need the processors too. */
    private static final int VERIFICATIONS = 1;

    private final OpenedParts parts;
    private final ModuleCache modules;
    private final Tenants tenants;
    private final Metrics metrics = new Metrics();
    private final ServerLogs logs;
    private final TemporaryFolder temporary;
    private final LoadQueue loads;
    private final RouteRegistry routes;
    private final RouteRegistry.Next first;
    private final RouteLoader loader;
    private final Preload preload;
    private final IdleProgramEvictor idle;
    private final TemporaryCleaner cleaner;
    private final WarmUps warmUps;
    private final Reloader reloader;
    private final TagChecks tags;
    private final GatewayHandler handler;
    private final BiConsumer<Configuration, Configuration> changed;
    private volatile Configuration configuration;
    private volatile ProxyChain proxies;

    /**
     * A configuration whose modules begin to load.
     *
     * @param source reads the configuration again when it changes
     * @param parts closes what is opened here, in reverse order
     * @param changed called with the configuration before a reload and the one after it
     */
    ServedConfiguration(
            Configuration configuration,
            ConfigurationSource source,
            ModuleCache modules,
            OpenedParts parts,
            BiConsumer<Configuration, Configuration> changed)
            throws IOException, InterruptedException {
        this.parts = parts;
        this.modules = modules;
        this.changed = changed;
        this.configuration = configuration;
        ServerSettings settings = configuration.server();
        this.preload =
                settings.modules()
                        .preload()
                        .orElseGet(() -> Preload.standard(configuration.routes().size()));
        this.proxies = TrustedProxies.of(settings.listen().trustedProxies());
        FileModes modes = NewFiles.of(settings.files());
        this.temporary = parts.add(TemporaryFolder.create());
        HeapReserve heap = parts.add(HeapReserve.start());
        Sandbox sandbox =
                parts.add(
                        new Sandbox(
                                HostModules.of(new WasiModule()),
                                heap::isLow,
                                new SelectorClocks(),
                                new SecureRandom()));
        GuestScheduler scheduler = parts.add(new GuestScheduler(schedulerLimits(settings)));
        PasswordVerifier passwords =
                parts.add(
                        new PasswordVerifier(
                                VERIFICATIONS, InstantSource.system(), new SecureRandom()));
        this.logs = parts.add(new ServerLogs(settings));
        var memory = new GuestMemory(settings.guests().memory().orElseGet(GuestMemory::standard));
        this.tenants = parts.add(new Tenants(scheduler, memory, logs.guests(), modes));
        this.cleaner =
                parts.add(
                        new TemporaryCleaner(
                                settings.files().temporaryAge(),
                                tenants::quota,
                                InstantSource.system()));
        this.loads =
                parts.add(
                        new LoadQueue(settings.guests().queue(), settings.modules().compileWait()));
        this.routes =
                new RouteRegistry(
                        new ProgramLoader(
                                modules, new RouteDiscovery(sandbox, logs.guests()), sandbox),
                        loads,
                        tenants,
                        scheduler);
        this.first = next(configuration);
        this.loader = RouteLoader.begin(first.added(), preload == Preload.ALL);
        this.idle = parts.add(new IdleProgramEvictor(routes::all, IdleProgramEvictor.ROUND));
        this.tags = parts.add(new TagChecks(ModuleCacheSettings.MODULE_LIMIT));
        this.reloader = parts.add(new Reloader(source, configuration, new Served(), Reloader.PACE));
        Gauges.ofGuests(metrics, scheduler, memory, sandbox);
        Gauges.ofServer(metrics, loads, reloader);
        ModuleMetrics.register(modules, metrics);
        var gateway =
                new Gateway(
                        gatewaySettings(settings),
                        routes::sites,
                        passwords,
                        sandbox,
                        logs.listener(metrics));
        this.warmUps = parts.add(new WarmUps(gateway, WarmUps.STANDARD));
        this.handler =
                new GatewayHandler(
                        gateway,
                        () -> proxies,
                        temporary.path(),
                        new ContentCache(ContentLimits.DEFAULT, InstantSource.system()),
                        this::isTlsByName);
    }

    /**
     * The cache that settings ask for.
     *
     * @param folder of compiled modules; in memory only if empty
     */
    static ModuleCache modules(Modules settings, Optional<Path> folder, int processors) {
        return new ModuleCache(
                ModuleCacheSettings.in(folder, processors)
                        .within(settings.memory(), settings.diskSize())
                        .compiling(settings.compileThreads()),
                new CompilerThreads());
    }

    /** Waits for the modules that are needed at the start; requests can be served then. */
    void awaitModules() throws InterruptedException {
        loader.finish();
        routes.serve(first);
    }

    /** Begins the first requests of routes; waits for them if all modules are loaded at start. */
    void warmUp() throws InterruptedException {
        Future<?> requests = warmUps.begin(warmUps(routes.configured()));
        if (preload == Preload.ALL) {
            warmUps.await(requests);
        }
    }

    /** Starts what is done beside requests. */
    void start() {
        parts.add(
                        new CachePreloader(
                                modules,
                                preload == Preload.USED ? notLoaded() : List.of(),
                                new CompilerThreads()))
                .start();
        idle.start();
        cleaner.start();
        tags.begin(remoteModules());
        reloader.start();
    }

    /** Serves requests. */
    GatewayHandler handler() {
        return handler;
    }

    Metrics metrics() {
        return metrics;
    }

    /** The snapshots of routes, a line each. */
    String snapshots() {
        return SnapshotListing.of(routes.all());
    }

    /** The configuration that was read last. */
    Configuration current() {
        return configuration;
    }

    /** Reads the configuration again, by request of an operator. */
    Reloader reloader() {
        return reloader;
    }

    private RouteRegistry.Next next(Configuration next) {
        Map<String, Path> folders = SiteStatus.folders(next.sites());
        logs.use(folders);
        tenants.serve(next.routes());
        cleaner.use(folders);
        return routes.next(next.routes(), next.server().http().errorPages());
    }

    /**
     * Serves another configuration. Requests in flight continue with theirs; unchanged routes keep
     * their programs.
     *
     * @return the changes
     */
    synchronized ReloadReport reload(Configuration after) throws InterruptedException {
        RouteRegistry.Next next = next(after);
        RouteLoader.begin(next.added(), preload == Preload.ALL).finish();
        int gone = routes.serve(next);
        Configuration before = configuration;
        List<String> restart = RestartKeys.changed(before.server(), after.server());
        proxies = TrustedProxies.of(after.server().listen().trustedProxies());
        changed.accept(before, after);
        configuration = after;
        metrics.keepOnly(tenants.names());
        tags.begin(remoteModules());
        var _ = warmUps.begin(warmUps(next.added()));
        return new ReloadReport(next.routes().size(), next.added().size(), gone, restart);
    }

    /** The server as the reloader sees it. */
    private final class Served implements Reloader.Served {
        @Override
        public ReloadReport serve(Configuration changed) throws InterruptedException {
            return reload(changed);
        }

        @Override
        public void checkModules() {
            routes.checkModules();
        }
    }

    private boolean isTlsByName() {
        return configuration.server().listen().tls().filter(TlsSettings::byName).isPresent();
    }

    private List<WarmUps.Route> warmUps(List<ProgramSlot> programs) {
        var warmUps = new ArrayList<WarmUps.Route>();
        for (ProgramSlot program : programs) {
            program.configured()
                    .action()
                    .warmUp()
                    .ifPresent(target ->
                            warmUps.add(
                                    new WarmUps.Route(routes.served(program), program, target)));
        }
        return warmUps;
    }

    private List<RemoteModule> remoteModules() {
        return routes.configured().stream()
                .map(program -> program.configured().action().module())
                .filter(RemoteModule.class::isInstance)
                .map(RemoteModule.class::cast)
                .toList();
    }

    private List<ModuleReference> notLoaded() {
        return routes.all().stream()
                .filter(r -> r.state() instanceof LoadState.NotYet)
                .map(r -> r.configured().action().module())
                .distinct()
                .toList();
    }

    /** In Wagi {@code /healthz} is answered before all routes; otherwise a route may answer it. */
    boolean hasOwnHealth() {
        return routes.all().stream()
                .map(ProgramSlot::configured)
                .anyMatch(r ->
                        r.action().rules().dialect() != Dialect.WAGI
                                && r.route().pattern().text().equals(HealthHandler.PATH));
    }

    /** The current routes in the order of the configuration. */
    List<RouteStatus> routes() {
        return routes.all().stream().map(r -> new RouteStatus(r.configured(), r.state())).toList();
    }

    /** The number of requests that wait for modules. */
    int loadingRequests() {
        return loads.waiting();
    }

    /** The number of request bodies in temporary files. */
    int temporaryFiles() throws IOException {
        return temporary.files();
    }

    private static GatewaySettings gatewaySettings(ServerSettings settings) {
        String version = JetwayVersion.current();
        return new GatewaySettings(
                new ServerIdentity(
                        "Jetway/" + version, settings.listen().hostname().map(HostName::parse)),
                settings.http().requestBodyMemory(),
                settings.http().responseHead());
    }

    private static SchedulerLimits schedulerLimits(ServerSettings settings) {
        Guests guests = settings.guests();
        return new SchedulerLimits(
                guests.slots(),
                guests.queue(),
                guests.admissionWait(),
                guests.parked(),
                guests.longRunning());
    }
}
