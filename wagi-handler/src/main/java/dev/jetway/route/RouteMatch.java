package dev.jetway.route;

import java.util.Optional;

/**
 * A request's route and how its path divides there. {@code scriptPath + pathInfo} is the path. Both
 * are canonical ({@link dev.jetway.http.CanonicalPath}).
 *
 * @param route the route as configured
 * @param scriptPath the part of the path that names the program
 * @param pathInfo what follows it: empty, or beginning with a slash
 * @param identity the client, once the route has authenticated it
 * @param script what the route's module is to run, once it has been found
 */
public record RouteMatch(
        Route route,
        String scriptPath,
        String pathInfo,
        Optional<Identity> identity,
        Optional<ScriptFile> script) {
    /** A match before the client is known. */
    public RouteMatch(Route route, String scriptPath, String pathInfo) {
        this(route, scriptPath, pathInfo, Optional.empty(), Optional.empty());
    }

    /** This match for that client. */
    public RouteMatch of(Optional<Identity> client) {
        return client.equals(identity)
                ? this
                : new RouteMatch(route, scriptPath, pathInfo, client, script);
    }

    /** This match where that script runs. */
    public RouteMatch running(ScriptFile file) {
        return running(file, scriptPath, pathInfo);
    }

    /** The same for a script that was found under another path: an index, a fallback. */
    public RouteMatch running(ScriptFile file, String path, String info) {
        return new RouteMatch(route, path, info, identity, Optional.of(file));
    }
}
