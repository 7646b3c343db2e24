package dev.jetway.server;

import dev.jetway.base.OpenedParts;
import dev.jetway.jetty.GatewayHandler;
import dev.jetway.module.ModuleCache;
import dev.jetway.server.admin.HealthHandler;
import dev.jetway.server.admin.MetricsHandler;
import dev.jetway.server.admin.ReloadHandler;
import dev.jetway.server.admin.SnapshotsHandler;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.TlsSettings;
import dev.jetway.server.http.AcmeHandler;
import dev.jetway.server.http.Listeners;
import dev.jetway.server.http.PlainErrors;
import dev.jetway.server.http.TlsContext;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: Jetty's listeners over a {@link ServedConfiguration}. Started by {@link
 * #start}, stopped once by {@link #close}. Safe to share between threads.
 */
public final class JetwayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JetwayServer.class);

    private final OpenedParts parts;
    private final ServedConfiguration served;
    private final Optional<TlsContext> tls;
    private final Server server;
    private final Server admin;
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
        ServerSettings settings = configuration.server();
        this.served =
                new ServedConfiguration(
                        configuration, source, modules, parts, this::useCertificates);
        // Jetty's classes load meanwhile, which takes as long as the modules.
        this.admin = Listeners.admin(settings);
        parts.add(() -> stop(admin));
        this.tls = Listeners.tls(settings);
        this.server = Listeners.server(settings, tls);
        parts.add(() -> stop(server));
        served.awaitModules();
        GatewayHandler guests = served.handler();
        server.setErrorHandler(
                new PlainErrors(
                        () -> served.current().server().http().errorPages(),
                        guests::answerNotTaken));
        server.setHandler(
                new GracefulHandler(
                        withChallenges(new HealthHandler(guests, served::hasOwnHealth))));
        server.setStopTimeout(settings.http().shutdownTimeout().toMillis());
        admin.setHandler(
                new HealthHandler(
                        new SnapshotsHandler(
                                served::snapshots,
                                new ReloadHandler(
                                        served.reloader()::reload,
                                        new MetricsHandler(served.metrics())))));
    }

    /** Reads the configuration again and logs the result. */
    public void reload() throws InterruptedException {
        served.reloader().reloadAndTell();
    }

    private Handler withChallenges(Handler next) {
        return served.current()
                .server()
                .listen()
                .acme()
                .<Handler>map(folder -> new AcmeHandler(folder, next))
                .orElse(next);
    }

    private void useCertificates(Configuration before, Configuration after) {
        Optional<TlsSettings> now = before.server().listen().tls();
        Optional<TlsSettings> next =
                after.server()
                        .listen()
                        .tls()
                        .filter(t ->
                                !now.map(TlsSettings::identities)
                                        .equals(Optional.of(t.identities())));
        tls.ifPresent(context -> next.ifPresent(t -> context.use(t.identities())));
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
        served.warmUp();
        server.start();
        served.start();
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

    /** The configuration that is served. */
    ServedConfiguration served() {
        return served;
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
}
