package dev.jetway.server.config;

import dev.jetway.route.Route;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.config.table.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Everything that the server was told. Immutable.
 *
 * @param server what holds for all routes
 * @param routes in the order of the file
 * @param warnings what the operator should know, errors of single sites among them
 * @param sources files and folders that it was read from, whether they are there or not
 * @param sites those that are folders
 */
public record Configuration(
        ServerSettings server,
        List<Route> routes,
        List<Problem> warnings,
        Set<Path> sources,
        List<SiteStatus> sites) {
    /** Without sites that are folders. */
    public Configuration(
            ServerSettings server, List<Route> routes, List<Problem> warnings, Set<Path> sources) {
        this(server, routes, warnings, sources, List.of());
    }

    /** Copies the collections. */
    public Configuration {
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
        sources = Set.copyOf(sources);
        sites = List.copyOf(sites);
    }

    /** The same with other settings of the server. */
    public Configuration withServer(ServerSettings other) {
        return new Configuration(other, routes, warnings, sources, sites);
    }

    /** The same with other routes. */
    public Configuration withRoutes(List<Route> other) {
        return new Configuration(server, other, warnings, sources, sites);
    }
}
