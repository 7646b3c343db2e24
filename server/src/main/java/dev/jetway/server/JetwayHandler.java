package dev.jetway.server;

import dev.jetway.base.OpenedParts;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.Modules;
import java.nio.file.Path;
import java.util.Optional;
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

    @Override
    protected void doStart() throws Exception {
        parts = new OpenedParts();
        try {
            ServedConfiguration opened = open();
            served = opened;
            super.doStart();
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
        return (now != null && now.handler().handleIfRouted(request, response, callback))
                || super.handle(request, response, callback);
    }
}
