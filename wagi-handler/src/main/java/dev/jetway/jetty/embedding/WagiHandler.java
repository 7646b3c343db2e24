package dev.jetway.jetty.embedding;

import dev.jetway.embedding.Programs;
import dev.jetway.embedding.open.OpenPrograms;
import dev.jetway.files.ContentCache;
import dev.jetway.files.ContentLimits;
import dev.jetway.http.ProxyChain;
import dev.jetway.jetty.GatewayHandler;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Serves programs in a Jetty 12.1 server; a request at none of their paths goes to the next handler
 * ({@link #setHandler}). Modules are loaded when the server starts, which fails if one cannot be
 * run; everything is closed when it stops. May be started again. Safe to share between threads.
 */
public final class WagiHandler extends Handler.Wrapper {
    private final Programs programs;
    private @Nullable OpenPrograms open;
    private volatile @Nullable GatewayHandler pipeline;

    /** A handler of one program by the rules of CGI, within the default limits. */
    public WagiHandler(String path, Path module) {
        this(Programs.of(path, module));
    }

    /** A handler of programs. */
    public WagiHandler(Programs programs) {
        this.programs = programs;
    }

    @Override
    protected void doStart() throws Exception {
        OpenPrograms opened = OpenPrograms.open(programs, "");
        open = opened;
        try {
            super.doStart();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
        pipeline =
                new GatewayHandler(
                        opened.gateway(),
                        ProxyChain::none,
                        opened.temporary(),
                        new ContentCache(ContentLimits.DEFAULT, InstantSource.system()),
                        () -> false);
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            close();
        }
    }

    private void close() {
        pipeline = null;
        OpenPrograms opened = open;
        open = null;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        GatewayHandler now = pipeline;
        return (now != null && now.handleIfRouted(request, response, callback))
                || super.handle(request, response, callback);
    }
}
