package dev.jetway.route;

import java.util.Optional;

/**
 * A request's route and how its path divides there. {@code scriptPath + rawPathInfo} is the path.
 *
 * @param route the route as configured, or as its module needs it, once that is loaded
 * @param scriptPath the part of the raw path that names the program
 * @param rawPathInfo what follows it: empty, or beginning with a slash
 * @param identity the client, once the route has authenticated it
 */
public record RouteMatch(
        Route route, String scriptPath, String rawPathInfo, Optional<Identity> identity) {
    /** A match before the client is known. */
    public RouteMatch(Route route, String scriptPath, String rawPathInfo) {
        this(route, scriptPath, rawPathInfo, Optional.empty());
    }

    /** This match for that client. */
    public RouteMatch of(Optional<Identity> client) {
        return client.equals(identity)
                ? this
                : new RouteMatch(route, scriptPath, rawPathInfo, client);
    }

    /** This match for the route as its module needs it. */
    public RouteMatch of(Route settled) {
        return new RouteMatch(settled, scriptPath, rawPathInfo, identity);
    }
}
