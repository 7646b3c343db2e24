package dev.jetway.benchmarks;

import dev.jetway.auth.PasswordVerifier;
import dev.jetway.base.ByteSize;
import dev.jetway.base.SourcePosition;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.failure.ErrorPages;
import dev.jetway.files.ContentCache;
import dev.jetway.files.ContentLimits;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.GatewaySettings;
import dev.jetway.gateway.ServedFolder;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.http.ProxyChain;
import dev.jetway.jetty.ConnectionThreads;
import dev.jetway.jetty.GatewayHandler;
import dev.jetway.jetty.WatchedConnector;
import dev.jetway.route.Access;
import dev.jetway.route.FileRules;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import dev.jetway.route.SiteTable;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.host.HostModules;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * A server of one folder: by Jetway's pipeline, or by Jetty's own resource handler, with Jetty's
 * number of selectors or with Jetway's.
 */
final class StaticServer {
    private static final int THREADS = 64;
    private static final int JETTYS_CHOICE = -1;

    private StaticServer() {}

    /** {@code jetway|jetty|jetty-selectors PORT FOLDER}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]).toAbsolutePath();
        var server = new Server(new ConnectionThreads(THREADS));
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        boolean jetway = arguments[0].equals("jetway");
        ServerConnector connector =
                jetway
                        ? new WatchedConnector(
                                server,
                                WatchedConnector.guestSelectors(),
                                new HttpConnectionFactory(http))
                        : new ServerConnector(
                                server,
                                JETTYS_CHOICE,
                                arguments[0].equals("jetty")
                                        ? JETTYS_CHOICE
                                        : WatchedConnector.guestSelectors(),
                                new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[1]));
        server.addConnector(connector);
        server.setHandler(jetway ? jetway(folder) : jetty(server, folder));
        server.start();
        server.join();
    }

    private static Handler jetty(Server server, Path folder) {
        var files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(server).newResource(folder));
        files.setEtags(true);
        return files;
    }

    private static Handler jetway(Path folder) {
        var action =
                new ServeFolder(
                        folder,
                        "/home/public",
                        List.of("index.html"),
                        Optional.empty(),
                        List.of(),
                        FileRules.DEFAULT);
        var route =
                new Route(
                        Site.DEFAULT,
                        new RoutePattern("/..."),
                        Access.OPEN,
                        ErrorPages.NONE,
                        new SourcePosition("benchmark", 1),
                        action);
        var sites =
                new SiteTable<ServedRoute>(
                        List.of(new ServedFolder(route, action, Map.of(), Map.of())),
                        ErrorPages.NONE);
        var gateway =
                new Gateway(
                        new GatewaySettings(
                                new ServerIdentity("Jetway", Optional.empty()),
                                ByteSize.ofKibibytes(64),
                                ByteSize.ofKibibytes(64)),
                        () -> sites,
                        new PasswordVerifier(1, InstantSource.system(), new SecureRandom()),
                        new Sandbox(HostModules.of(), () -> false),
                        _ -> {});
        return new GatewayHandler(
                gateway,
                ProxyChain::none,
                Path.of(System.getProperty("java.io.tmpdir")),
                new ContentCache(ContentLimits.DEFAULT, InstantSource.system()),
                () -> false);
    }
}
