package dev.jetway.server;

import dev.jetway.jetty.WatchedConnector;
import java.util.Arrays;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The connector of somebody else's server with ours in its place: Jetty's module jetway-http. */
public final class GuestConnector {
    private GuestConnector() {}

    /**
     * Replaces a connector that has not been started by one with the same settings, whose threads
     * run short guests.
     *
     * @param handler of the same server; it calls other handlers on Jetty's pool from now on
     * @return the new connector
     */
    public static ServerConnector replace(JetwayHandler handler, ServerConnector before) {
        ServerConnector after = WatchedConnector.like(before, WatchedConnector.guestSelectors());
        handler.callOthersOffConnections();
        Server server = before.getServer();
        server.setConnectors(
                Arrays.stream(server.getConnectors())
                        .map(connector -> connector.equals(before) ? after : connector)
                        .toArray(Connector[]::new));
        return after;
    }
}
