package dev.jetway.server.cli;

import dev.jetway.cgi.Route;
import dev.jetway.cgi.RoutePattern;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ListenAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A short life of a server, for the JVM to remember which classes it loads (JEP 483): the launcher
 * runs it once after a build, so that later starts take half the time.
 */
final class Training {
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Training() {}

    /** The same configuration on free ports. */
    static Configuration onFreePorts(Configuration configuration) {
        return configuration.withServer(
                configuration.server().change().listen(ANY_PORT).adminListen(ANY_PORT).done());
    }

    /** Asks each route once; what it answers is nobody's business. */
    static void visit(URI server, Configuration configuration) throws IOException {
        for (Route route : configuration.routes()) {
            visit(server, route.pattern());
        }
    }

    private static void visit(URI server, RoutePattern pattern) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String request =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                                    .formatted(pattern.path().isEmpty() ? "/" : pattern.path())
                            + "Content-Length: 3\r\nConnection: close\r\n\r\na=b";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
