package dev.jetway.server.http;

import dev.jetway.jetty.ConnectionThreads;
import dev.jetway.jetty.WatchedConnector;
import dev.jetway.server.config.ListenAddress;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.TlsSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Creates Jetty servers with our limits: HTTP/1.1 and HTTP/2, plain and over TLS. */
public final class Listeners {
    /** Maximum bytes of a request's line and header fields. */
    public static final int REQUEST_HEAD_BYTES = 32 << 10;

    /** Threads for connections; guests have their own. */
    private static final int CONNECTION_THREADS = 64;

    /** Maximum connections that the system holds before they are accepted. */
    private static final int ACCEPT_QUEUE = 1024;

    /** Maximum requests at once on one HTTP/2 connection. */
    public static final int STREAMS = 128;

    /**
     * The targets that browsers send and programs under Apache see. The canonical path is computed
     * from the raw one; Jetty's decoded path is not used. A percent sign without two digits is
     * refused, as in Apache, and so are UTF-16 ({@code %u0041}), fragments and NUL.
     */
    private static final UriCompliance URIS =
            UriCompliance.DEFAULT.with(
                    "jetway",
                    Violation.AMBIGUOUS_PATH_SEGMENT,
                    Violation.AMBIGUOUS_PATH_SEPARATOR,
                    Violation.AMBIGUOUS_PATH_PARAMETER,
                    Violation.AMBIGUOUS_PATH_ENCODING,
                    Violation.AMBIGUOUS_EMPTY_SEGMENT,
                    Violation.BAD_UTF8_ENCODING,
                    Violation.TRUNCATED_UTF8_ENCODING,
                    Violation.SUSPICIOUS_PATH_CHARACTERS,
                    Violation.ILLEGAL_PATH_CHARACTERS);

    private Listeners() {}

    /**
     * The server for requests.
     *
     * @param tlsContext the TLS side, if there is one
     */
    public static Server server(ServerSettings settings, Optional<TlsContext> tlsContext) {
        Server jetty = configured("jetway", new GuestServer(threads()));
        Optional<TlsSettings> tls = settings.listen().tls();
        if (tls.isEmpty() || tls.get().listen().isPresent()) {
            add(jetty, settings.listen().address(), settings, plain(configuration()));
        }
        tlsContext.ifPresent(context ->
                add(
                        jetty,
                        tls.flatMap(TlsSettings::listen).orElse(settings.listen().address()),
                        settings,
                        secure(configuration(), context)));
        return jetty;
    }

    /** The TLS side of the settings. */
    public static Optional<TlsContext> tls(ServerSettings settings) {
        return settings.listen().tls().map(tls -> new TlsContext(tls.identities()));
    }

    public static Server admin(ServerSettings settings) {
        Server jetty = configured("jetway-admin", new Server(threads()));
        add(jetty, settings.listen().admin(), settings, plain(configuration()));
        return jetty;
    }

    private static HttpConfiguration configuration() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(URIS);
        http.setRequestHeaderSize(REQUEST_HEAD_BYTES);
        // Guests' header blocks have a limit of their own; Jetty's buffer must hold one and our
        // fields.
        http.setResponseHeaderSize(2 * REQUEST_HEAD_BYTES);
        return http;
    }

    private static ConnectionThreads threads() {
        var threads = new ConnectionThreads(CONNECTION_THREADS);
        threads.setDaemon(true);
        // All idle threads end after a flood, not one a minute.
        threads.setMaxEvictCount(CONNECTION_THREADS);
        return threads;
    }

    private static Server configured(String name, Server jetty) {
        jetty.getBean(ConnectionThreads.class).setName(name);
        jetty.setErrorHandler(PlainErrors.withoutPages());
        return jetty;
    }

    private static List<ConnectionFactory> plain(HttpConfiguration http) {
        var http2 = new HTTP2CServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS);
        return List.of(new HttpConnectionFactory(http), http2);
    }

    /** TLS 1.2 and 1.3; the client chooses between the versions of HTTP (ALPN, RFC 7301). */
    private static List<ConnectionFactory> secure(HttpConfiguration http, TlsContext context) {
        // The host is matched to a site later; the only certificate may have another name.
        http.addCustomizer(new SecureRequestCustomizer(false));
        var http1 = new HttpConnectionFactory(http);
        var http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return List.of(
                new SslConnectionFactory(context.factory(), alpn.getProtocol()),
                alpn,
                http2,
                http1);
    }

    private static void add(
            Server jetty,
            ListenAddress listen,
            ServerSettings settings,
            List<ConnectionFactory> protocols) {
        var connector =
                new WatchedConnector(
                        jetty, selectors(jetty), protocols.toArray(ConnectionFactory[]::new));
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(settings.http().idleTimeout().toMillis());
        jetty.addConnector(connector);
    }

    /** The number of selectors; Jetty chooses it where no guests run. */
    private static int selectors(Server jetty) {
        return jetty instanceof GuestServer ? WatchedConnector.guestSelectors() : -1;
    }

    /** The address of an open connector, with its actual port. */
    public static URI uri(Connector listening) {
        var connector = (ServerConnector) listening;
        String scheme =
                connector.getConnectionFactory(SslConnectionFactory.class) == null
                        ? "http"
                        : "https";
        String host =
                connector.getHost().contains(":")
                        ? "[" + connector.getHost() + "]"
                        : connector.getHost();
        return URI.create(scheme + "://" + host + ":" + connector.getLocalPort() + "/");
    }

    /** A server that may run a request on the thread of its selector, as guests may run there. */
    private static final class GuestServer extends Server {
        GuestServer(ConnectionThreads threads) {
            super(threads);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.EITHER;
        }
    }
}
