package dev.jetway.cgi;

/**
 * A request's route and how its path divides there. {@code scriptPath + rawPathInfo} is the path.
 *
 * @param served the route and its program
 * @param scriptPath the part of the raw path that names the program
 * @param rawPathInfo the rest: empty, or beginning with a slash
 */
public record RouteMatch(ServedRoute served, String scriptPath, String rawPathInfo) {
    /** The route as configured. */
    public Route route() {
        return served.route();
    }
}
