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
 * Root serves this machine only: a hole in the server would be one in the machine. It needs no
 * right that others do not have.
 */
final class RootCheck {
    /** Set to 1 where running as root is intended: in a container without users, for example. */
    static final String ALLOWED = "JETWAY_ALLOW_ROOT";

    private RootCheck() {}

    /**
     * Warns root, or refuses.
     *
     * @throws CommandFailure if root is to serve other machines
     */
    static void check(
            ServerSettings settings, LaunchEnvironment surroundings, PrintWriter messages) {
        if (!surroundings.root()) {
            return;
        }
        Optional<ListenAddress> open =
                Stream.concat(
                                Stream.of(settings.listen().address(), settings.listen().admin()),
                                settings.listen().tls().flatMap(TlsSettings::listen).stream())
                        .filter(address -> !isLoopback(address))
                        .findFirst();
        if (open.isEmpty() || "1".equals(surroundings.environment().get(ALLOWED))) {
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
            // Listening will fail, and say so.
            return true;
        }
    }
}
