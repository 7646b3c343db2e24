package dev.jetway.server;

import dev.jetway.base.OpenedParts;
import dev.jetway.server.admin.MetricsHandler;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.Modules;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the routes of a configuration in somebody else's Jetty server; requests that no route
 * takes go to the next handler. The configuration is read when the handler starts and again when it
 * changes. Its keys about ports, TLS and connections have no effect: Jetty's own apply. Safe to
 * share between threads once started.
 */
public final class JetwayHandler extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(JetwayHandler.class);

    private Path configuration = Path.of("etc", "jetway");
    private Optional<Path> state = Optional.empty();
    private Optional<String> metrics = Optional.empty();
    private boolean offConnections;
    private OpenedParts parts = new OpenedParts();
    private volatile @Nullable ServedConfiguration served;

    /** Sets the folder with {@code jetway.toml} or {@code modules.toml}; {@code etc/jetway}. */
    public void setConfiguration(String folder) {
        this.configuration = Path.of(folder);
    }

    /** Sets the folder for generated files and compiled modules, if no key names one. */
    public void setState(String folder) {
        this.state = Optional.of(Path.of(folder));
    }

    /**
     * Sets the path at which metrics are answered, to any client; none if empty.
     *
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public void setMetrics(String path) {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the path of metrics begins with a slash: \"/metrics\", not \"" + path + '"');
        }
        this.metrics = Optional.of(path).filter(p -> !p.isEmpty());
    }

    @Override
    protected void doStart() throws Exception {
        parts = new OpenedParts();
        try {
            ServedConfiguration opened = open();
            served = opened;
            super.doStart();
            if (offConnections && getServer().getInvocationType() != InvocationType.NON_BLOCKING) {
                LOG.warn(
                        "a handler before Jetway's may block: no program runs on a thread of"
                                + " connections, and the module jetway-http is of no use");
            }
            opened.start();
        } catch (Exception | Error e) {
            served = null;
            parts.closeAfter(e);
            throw e;
        }
    }

    private ServedConfiguration open() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        var reader = new ConfigurationReader(configuration, processors, state);
        ConfigurationSource source = () -> reader.read(configuration);
        Configuration first = source.read();
        first.warnings().forEach(warning -> LOG.warn("{}", warning));
        Modules modules = first.server().modules();
        var cache =
                parts.add(
                        ServedConfiguration.modules(
                                modules,
                                modules.cache().or(() -> state.map(s -> s.resolve("modules"))),
                                processors));
        var opened = new ServedConfiguration(first, source, cache, parts, (before, after) -> {});
        opened.awaitModules();
        opened.warmUp();
        LOG.info("Jetway serves {} routes of {}", first.routes().size(), configuration);
        return opened;
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            served = null;
            parts.close();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ServedConfiguration now = served;
        if (now != null && isForMetrics(request)) {
            MetricsHandler.answer(now.metrics(), response, callback);
            return true;
        }
        if (now != null && now.handler().handleIfRouted(request, response, callback)) {
            return true;
        }
        if (!offConnections) {
            return super.handle(request, response, callback);
        }
        // Other handlers may block, and the threads of connections must not wait for them.
        request.getComponents().getExecutor().execute(() -> next(request, response, callback));
        return true;
    }

    private void next(Request request, Response response, Callback callback) {
        Handler last = getServer().getDefaultHandler();
        try {
            if (!super.handle(request, response, callback)
                    && (last == null || !last.handle(request, response, callback))) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** Has other handlers called by Jetty's pool, so that this one never blocks. */
    void callOthersOffConnections() {
        offConnections = true;
    }

    @Override
    public InvocationType getInvocationType() {
        return offConnections ? InvocationType.NON_BLOCKING : super.getInvocationType();
    }

    private boolean isForMetrics(Request request) {
        return metrics.isPresent() && metrics.get().equals(request.getHttpURI().getCanonicalPath());
    }
}
