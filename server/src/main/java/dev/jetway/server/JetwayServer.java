package dev.jetway.server;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.SchedulerLimits;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.cgi.ServerIdentity.HostName;
import dev.jetway.files.ContentCache;
import dev.jetway.files.ContentLimits;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.GatewaySettings;
import dev.jetway.http.ProxyChain;
import dev.jetway.jetty.WagiHandler;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.Dialect;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.memory.HeapReserve;
import dev.jetway.sandbox.wasi.WasiModule;
import dev.jetway.server.admin.HealthHandler;
import dev.jetway.server.admin.MetricsHandler;
import dev.jetway.server.admin.ReloadHandler;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.Guests;
import dev.jetway.server.config.Preload;
import dev.jetway.server.config.RestartKeys;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.TlsSettings;
import dev.jetway.server.http.AcmeHandler;
import dev.jetway.server.http.Listeners;
import dev.jetway.server.http.PlainErrors;
import dev.jetway.server.http.TemporaryFolder;
import dev.jetway.server.http.TlsContext;
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
import dev.jetway.server.program.WarmUps;
import dev.jetway.server.tenant.GuestMemory;
import dev.jetway.server.tenant.Tenants;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server, and the only place where its parts are wired. Started by {@link #start},
 * stopped once by {@link #close}. Safe to share between threads.
 */
public final class JetwayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JetwayServer.class);

    /** Maximum passwords verified at once: guests need the processors too. */
    private static final int VERIFICATIONS = 1;

    private final OpenedParts parts;
    private final Tenants tenants;
    private final Metrics metrics;
    private final ServerLogs logs;
    private final Optional<TlsContext> tls;
    private final Server server;
    private final Server admin;
    private final TemporaryFolder temporary;
    private final LoadQueue loads;
    private final RouteRegistry routes;
    private final IdleProgramEvictor idle;
    private final CachePreloader preloader;
    private final WarmUps warmUps;
    private final Reloader reloader;
    private final Preload preload;
    private volatile Configuration configuration;
    private volatile ProxyChain proxies;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Opens everything but the ports. Each part is closed after those that were opened later. */
    private JetwayServer(
            Configuration configuration,
            ConfigurationSource source,
            ModuleCache modules,
            OpenedParts parts)
            throws IOException, InterruptedException {
        this.parts = parts;
        this.configuration = configuration;
        ServerSettings settings = configuration.server();
        this.preload =
                settings.modules()
                        .preload()
                        .orElseGet(() -> Preload.standard(configuration.routes().size()));
        this.temporary = parts.add(TemporaryFolder.create());
        HeapReserve heap = parts.add(HeapReserve.start());
        Sandbox sandbox = parts.add(new Sandbox(HostModules.of(new WasiModule()), heap::isLow));
        GuestScheduler scheduler = parts.add(new GuestScheduler(schedulerLimits(settings)));
        PasswordVerifier passwords =
                parts.add(
                        new PasswordVerifier(
                                VERIFICATIONS, InstantSource.system(), new SecureRandom()));
        this.logs = parts.add(new ServerLogs(settings));
        var memory = new GuestMemory(settings.guests().memory().orElseGet(GuestMemory::standard));
        this.tenants = parts.add(new Tenants(scheduler, memory, logs.guests()));
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
        RouteRegistry.Next first = next(configuration);
        var loader = RouteLoader.begin(first.added(), preload == Preload.ALL);
        // Jetty's classes load meanwhile, which takes as long as the modules.
        this.admin = Listeners.admin(settings);
        parts.add(() -> stop(admin));
        this.tls = Listeners.tls(settings);
        this.server = Listeners.server(settings, tls);
        parts.add(() -> stop(server));
        this.metrics = new Metrics();
        loader.finish();
        routes.serve(first);
        this.idle = parts.add(new IdleProgramEvictor(routes::all, IdleProgramEvictor.ROUND));
        this.preloader =
                parts.add(
                        new CachePreloader(
                                modules,
                                preload == Preload.USED ? notLoaded() : List.of(),
                                new CompilerThreads()));
        this.reloader =
                parts.add(new Reloader(source, configuration, new Served(), Reloader.INTERVAL));
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
        this.proxies = TrustedProxies.of(settings.listen().trustedProxies());
        var guests =
                new WagiHandler(
                        gateway,
                        () -> proxies,
                        temporary.path(),
                        new ContentCache(ContentLimits.DEFAULT, InstantSource.system()),
                        this::isTlsByName);
        server.setErrorHandler(
                new PlainErrors(
                        () -> this.configuration.server().http().errorPages(),
                        guests::answerNotTaken));
        server.setHandler(
                new GracefulHandler(withChallenges(new HealthHandler(guests, this::hasOwnHealth))));
        server.setStopTimeout(settings.http().shutdownTimeout().toMillis());
        admin.setHandler(
                new HealthHandler(
                        new ReloadHandler(reloader::reload, new MetricsHandler(metrics))));
    }

    private RouteRegistry.Next next(Configuration next) {
        logs.use(next);
        tenants.serve(next.routes());
        return routes.next(next.routes(), next.server().http().errorPages());
    }

    /**
     * Serves another configuration. Requests in flight continue with theirs; unchanged routes keep
     * their programs.
     *
     * @return the changes
     */
    synchronized ReloadReport reload(Configuration changed) throws InterruptedException {
        RouteRegistry.Next next = next(changed);
        RouteLoader.begin(next.added(), preload == Preload.ALL).finish();
        int gone = routes.serve(next);
        List<String> restart = RestartKeys.changed(configuration.server(), changed.server());
        proxies = TrustedProxies.of(changed.server().listen().trustedProxies());
        tls.ifPresent(context -> useCertificates(context, changed));
        configuration = changed;
        metrics.keepOnly(tenants.names());
        var _ = warmUps.begin(warmUps(next.added()));
        return new ReloadReport(next.routes().size(), next.added().size(), gone, restart);
    }

    /** Reads the configuration again and logs the result. */
    public void reload() throws InterruptedException {
        reloader.reloadAndTell();
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

    private Handler withChallenges(Handler next) {
        return configuration
                .server()
                .listen()
                .acme()
                .<Handler>map(folder -> new AcmeHandler(folder, next))
                .orElse(next);
    }

    private void useCertificates(TlsContext context, Configuration changed) {
        Optional<TlsSettings> now = configuration.server().listen().tls();
        changed.server()
                .listen()
                .tls()
                .filter(t -> !now.map(TlsSettings::identities).equals(Optional.of(t.identities())))
                .ifPresent(t -> context.use(t.identities()));
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

    private List<ModuleReference> notLoaded() {
        return routes.all().stream()
                .filter(r -> r.state() instanceof LoadState.NotYet)
                .map(r -> r.configured().action().module())
                .distinct()
                .toList();
    }

    /** In Wagi {@code /healthz} is answered before all routes; otherwise a route may answer it. */
    private boolean hasOwnHealth() {
        return routes.all().stream()
                .map(ProgramSlot::configured)
                .anyMatch(r ->
                        r.action().rules().dialect() == Dialect.CGI
                                && r.route().pattern().text().equals(HealthHandler.PATH));
    }

    /**
     * Loads the modules that are needed at the start, then opens the ports.
     *
     * @param source reads the configuration again when it changes
     * @throws java.net.BindException if a port is in use
     */
    public static JetwayServer start(
            Configuration configuration, ConfigurationSource source, ModuleCache modules)
            throws Exception {
        var parts = new OpenedParts();
        try {
            var jetway = new JetwayServer(configuration, source, modules, parts);
            jetway.open();
            return jetway;
        } catch (Exception | Error e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    private void open() throws Exception {
        admin.start();
        Future<?> requests = warmUps.begin(warmUps(routes.configured()));
        if (preload == Preload.ALL) {
            warmUps.await(requests);
        }
        server.start();
        preloader.start();
        idle.start();
        reloader.start();
    }

    /** The address for requests, with the actual port. */
    public URI uri() {
        return Listeners.uri(server.getConnectors()[0]);
    }

    /** All addresses for requests, {@link #uri} first. */
    public List<URI> uris() {
        return Stream.of(server.getConnectors()).map(Listeners::uri).toList();
    }

    /** The address of the metrics, with the actual port. */
    public URI adminUri() {
        return Listeners.uri(admin.getConnectors()[0]);
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

    /** Waits until {@link #close} has finished. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Waits for running requests up to shutdown-timeout, then stops everything. Further calls do
     * nothing.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            parts.close();
        } finally {
            stopped.countDown();
        }
    }

    private static void stop(Server jetty) {
        try {
            jetty.stop();
        } catch (Exception e) {
            // Some requests did not end within shutdown-timeout; their connections are cut.
            LOG.debug("stopped with requests running", e);
        }
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
