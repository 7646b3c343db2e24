package dev.jetway.cgi;

import java.util.Optional;

/**
 * A request's route and how its path divides there. {@code scriptPath + rawPathInfo} is the path.
 *
 * @param served the route and its program
 * @param scriptPath the part of the raw path that names the program
 * @param rawPathInfo the rest: empty, or beginning with a slash
 * @param identity who the client is, once the route has asked
 */
public record RouteMatch(
        ServedRoute served, String scriptPath, String rawPathInfo, Optional<Identity> identity) {
    RouteMatch(ServedRoute served, String scriptPath, String rawPathInfo) {
        this(served, scriptPath, rawPathInfo, Optional.empty());
    }

    /** The same for that client. */
    RouteMatch of(Optional<Identity> client) {
        return new RouteMatch(served, scriptPath, rawPathInfo, client);
    }

    /** The route as configured. */
    public Route route() {
        return served.route();
    }
}
