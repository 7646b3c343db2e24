package dev.jetway.server.cli;

import dev.jetway.server.config.ListenAddress;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.TlsSettings;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets root serve this machine only: a hole in the server would be one in the machine. The server
 * needs no rights of root.
 */
final class RootCheck {
    /** Set to 1 to run as root on purpose, for example in a container without users. */
    static final String ALLOWED = "JETWAY_ALLOW_ROOT";

    private RootCheck() {}

    /**
     * Warns or refuses root.
     *
     * @throws CommandFailure if root is about to serve other machines
     */
    static void check(ServerSettings settings, LaunchEnvironment launch, PrintWriter messages) {
        if (!launch.root()) {
            return;
        }
        Optional<ListenAddress> open =
                Stream.concat(
                                Stream.of(settings.listen().address(), settings.listen().admin()),
                                settings.listen().tls().flatMap(TlsSettings::listen).stream())
                        .filter(address -> !isLoopback(address))
                        .findFirst();
        if (open.isEmpty() || "1".equals(launch.environment().get(ALLOWED))) {
            messages.println("jetway: warning: running as root, which the server has no need of");
            return;
        }
        throw new CommandFailure(
                "root does not serve other machines ("
                        + open.get()
                        + "): start the server as a user of its own, by the unit"
                        + " deploy/jetway.service or 'runuser -u USER -- jetway serve'. Ports below"
                        + " 1024 need no root: AmbientCapabilities=CAP_NET_BIND_SERVICE in the unit,"
                        + " 'sysctl net.ipv4.ip_unprivileged_port_start=80', or a proxy in front"
                        + " (deploy/README.md). In a container without users: "
                        + ALLOWED
                        + "=1");
    }

    private static boolean isLoopback(ListenAddress address) {
        try {
            return InetAddress.getByName(address.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Listening will fail and report it.
            return true;
        }
    }
}
