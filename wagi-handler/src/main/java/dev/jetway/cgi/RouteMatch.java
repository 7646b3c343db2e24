package dev.jetway.cgi;

import java.util.Optional;

/**
 * A request's route and how its path divides there. {@code scriptPath + rawPathInfo} is the path.
 *
 * @param served the route with its admission and program
 * @param route the route as configured, or as its module needs it, once that is loaded
 * @param scriptPath the part of the raw path that names the program
 * @param rawPathInfo the rest: empty, or beginning with a slash
 * @param identity who the client is, once the route has asked
 */
public record RouteMatch(
        ServedRoute served,
        Route route,
        String scriptPath,
        String rawPathInfo,
        Optional<Identity> identity) {
    RouteMatch(ServedRoute served, String scriptPath, String rawPathInfo) {
        this(served, served.route(), scriptPath, rawPathInfo, Optional.empty());
    }

    /** The same for that client. */
    RouteMatch of(Optional<Identity> client) {
        return client.equals(identity)
                ? this
                : new RouteMatch(served, route, scriptPath, rawPathInfo, client);
    }

    /** The same for the route as its module needs it. */
    RouteMatch of(Route settled) {
        return new RouteMatch(served, settled, scriptPath, rawPathInfo, identity);
    }
}
