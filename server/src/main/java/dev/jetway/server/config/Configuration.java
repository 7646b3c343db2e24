package dev.jetway.server.config;

import dev.jetway.route.Route;
import dev.jetway.server.config.table.Problem;
import java.util.List;

/**
 * Everything that the server was told. Immutable.
 *
 * @param server what holds for all routes
 * @param routes in the order of the file
 * @param warnings what the operator should know
 */
public record Configuration(ServerSettings server, List<Route> routes, List<Problem> warnings) {
    /** Copies the lists. */
    public Configuration {
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
    }

    /** The same with other settings of the server. */
    public Configuration withServer(ServerSettings other) {
        return new Configuration(other, routes, warnings);
    }

    /** The same with other routes. */
    public Configuration withRoutes(List<Route> other) {
        return new Configuration(server, other, warnings);
    }
}
