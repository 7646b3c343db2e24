package dev.jetway.server;

import dev.jetway.cgi.ErrorPages;
import dev.jetway.jetty.WatchedConnector;
import dev.jetway.server.config.ListenAddress;
import dev.jetway.server.config.ServerSettings;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty servers with our limits: HTTP/1.1, and HTTP/2 without TLS for who speaks it. */
final class Listeners {
    /** Bytes of a request's line and header fields. */
    static final int REQUEST_HEAD_BYTES = 32 << 10;

    /** Threads for connections; guests have their own. */
    private static final int CONNECTION_THREADS = 64;

    /** Connections that the system holds before they are accepted. */
    private static final int ACCEPT_QUEUE = 1024;

    /** Requests at once on one HTTP/2 connection. */
    private static final int STREAMS = 128;

    /**
     * What browsers send and programs under Apache see: empty segments, encoded percent signs and
     * characters that RFC 3986 would have encoded; encoded slashes are the route's to decide on.
     */
    private static final UriCompliance URIS =
            UriCompliance.DEFAULT.with(
                    "jetway",
                    Violation.AMBIGUOUS_PATH_SEPARATOR,
                    Violation.AMBIGUOUS_PATH_ENCODING,
                    Violation.AMBIGUOUS_EMPTY_SEGMENT,
                    Violation.ILLEGAL_PATH_CHARACTERS);

    private Listeners() {}

    static Server server(ServerSettings settings) {
        var http = configuration();
        if (!settings.trustedProxies().isEmpty()) {
            http.addCustomizer(new TrustedForwarding(settings.trustedProxies()));
        }
        return listening(settings.listen(), "jetway", http, settings.idleTimeout());
    }

    static Server admin(ServerSettings settings) {
        return listening(
                settings.adminListen(), "jetway-admin", configuration(), settings.idleTimeout());
    }

    private static HttpConfiguration configuration() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(URIS);
        http.setRequestHeaderSize(REQUEST_HEAD_BYTES);
        // A guest's header block is bounded by its own limit; Jetty's must hold it and our fields.
        http.setResponseHeaderSize(2 * REQUEST_HEAD_BYTES);
        return http;
    }

    private static Server listening(
            ListenAddress listen, String name, HttpConfiguration http, Duration idle) {
        var threads = new QueuedThreadPool(CONNECTION_THREADS);
        threads.setName(name);
        threads.setDaemon(true);
        var jetty = new Server(threads);
        var http2 = new HTTP2CServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS);
        var connector = new WatchedConnector(jetty, new HttpConnectionFactory(http), http2);
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(idle.toMillis());
        jetty.addConnector(connector);
        jetty.setErrorHandler(new PlainErrors(ErrorPages.NONE));
        return jetty;
    }
}
