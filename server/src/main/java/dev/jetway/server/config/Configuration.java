package dev.jetway.server.config;

import dev.jetway.route.Route;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.SourceStamps;
import java.util.List;

/**
 * The complete configuration. Immutable.
 *
 * @param server settings of the whole server
 * @param routes in the order of the file
 * @param warnings for the operator, including errors of single sites
 * @param sources files and folders of the configuration, existing or not, as they were before they
 *     were read
 * @param sites sites that are folders
 */
public record Configuration(
        ServerSettings server,
        List<Route> routes,
        List<Problem> warnings,
        SourceStamps sources,
        List<SiteStatus> sites) {
    /** A configuration without sites that are folders. */
    public Configuration(
            ServerSettings server,
            List<Route> routes,
            List<Problem> warnings,
            SourceStamps sources) {
        this(server, routes, warnings, sources, List.of());
    }

    /** Copies the collections. */
    public Configuration {
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
        sites = List.copyOf(sites);
    }

    /** This configuration with other settings of the server. */
    public Configuration withServer(ServerSettings other) {
        return new Configuration(other, routes, warnings, sources, sites);
    }

    /** This configuration with other routes. */
    public Configuration withRoutes(List<Route> other) {
        return new Configuration(server, other, warnings, sources, sites);
    }
}
