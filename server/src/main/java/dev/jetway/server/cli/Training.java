package dev.jetway.server.cli;

import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ListenAddress;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs a server for a short time so that the JVM can record the classes that it loads (JEP 483) and
 * the profiles of its methods (JEP 515). The launcher does so once after a build, so that later
 * starts take half the time.
 */
final class Training {
    /** The file that {@link #prepare} writes. */
    static final String FILE = "jetway.toml";

    /** Maximum requests to each route. */
    static final int ROUNDS = 50;

    /** Time after which no round begins. */
    static final Duration TIME = Duration.ofSeconds(3);

    /** Time of a response from which a route is requested only once. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InstantSource clock;

    Training(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The configuration on free ports, with each route a second time from a file in the native
     * format: its reader and its dialect must be recorded too.
     *
     * @param folder for that file
     */
    static Configuration prepare(Configuration configuration, Path folder, int processors)
            throws IOException, ConfigurationException {
        var text = new StringBuilder();
        for (ModuleRoute route : ModuleRoute.among(configuration.routes()).toList()) {
            text.append("[[route]]\npath = ").append(quoted("/native" + route.route().pattern()));
            text.append("\nmodule = ")
                    .append(quoted(route.action().module().toString()))
                    .append('\n');
        }
        Files.writeString(folder.resolve(FILE), text);
        List<Route> ours = new ConfigurationReader(folder, processors).read(folder).routes();
        ServerSettings server = configuration.server();
        return configuration
                .withRoutes(Stream.concat(configuration.routes().stream(), ours.stream()).toList())
                .withServer(server.with(server.listen().withAddress(ANY_PORT).withAdmin(ANY_PORT)));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Sends a few requests to each route and ignores the answers. */
    void visit(URI server, List<Route> routes) throws IOException {
        Instant end = clock.instant().plus(TIME);
        List<RoutePattern> asked = routes.stream().map(Route::pattern).toList();
        Set<RoutePattern> slow = new HashSet<>();
        for (int round = 0; round < ROUNDS && clock.instant().isBefore(end); round++) {
            for (RoutePattern pattern : asked) {
                if (!slow.contains(pattern) && isSlow(server, pattern)) {
                    slow.add(pattern);
                }
            }
        }
    }

    private boolean isSlow(URI server, RoutePattern pattern) throws IOException {
        Instant begin = clock.instant();
        String path = pattern.path().isEmpty() ? "/" : pattern.path();
        for (String request : requests(path)) {
            visit(server, request);
        }
        return begin.plus(SLOW).isBefore(clock.instant());
    }

    private static List<String> requests(String path) {
        String fields =
                " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n";
        return List.of(
                "GET " + path + fields + "\r\n",
                "POST " + path + fields + "Content-Length: 3\r\n\r\na=b");
    }

    private static void visit(URI server, String request) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
