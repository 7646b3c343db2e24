package dev.jetway.route;

import java.util.Optional;

/**
 * The route of a request and the parts of its path. {@code scriptPath + pathInfo} is the path; both
 * are canonical ({@link dev.jetway.http.CanonicalPath}).
 *
 * @param route the route as configured
 * @param scriptPath the part that names the program
 * @param pathInfo the part after it: empty, or beginning with a slash
 * @param identity the client, if the route has authenticated it
 * @param script the script for the route's module, if one has been found
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

    /** This match with an authenticated client. */
    public RouteMatch of(Optional<Identity> client) {
        return client.equals(identity)
                ? this
                : new RouteMatch(route, scriptPath, pathInfo, client, script);
    }

    /** This match with a script. */
    public RouteMatch running(ScriptFile file) {
        return running(file, scriptPath, pathInfo);
    }

    /** This match with a script that was found under another path: an index, a fallback. */
    public RouteMatch running(ScriptFile file, String path, String info) {
        return new RouteMatch(route, path, info, identity, Optional.of(file));
    }
}
