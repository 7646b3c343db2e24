package dev.jetway.cgi;

import dev.jetway.http.Endpoint;
import dev.jetway.http.PathText;
import dev.jetway.http.RequestHead;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.spin.SpinRoute;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * The meta-variables that Spin's executor sets in another way than Wagi, and those that it adds.
 * Paths are canonical ({@link dev.jetway.http.CanonicalPath}) and, where Spin does not decode them,
 * percent-encoded.
 */
final class SpinVariables {
    private SpinVariables() {}

    /** Replaces and adds variables, over those of Wagi. */
    static void put(RouteMatch match, RequestHead head, SequencedMap<String, String> variables) {
        RoutePattern pattern = match.route().pattern();
        SpinRoute route =
                pattern.spin().orElseGet(() -> new SpinRoute(SpinRoute.NO_BASE, pattern.text()));
        // A slash after an exact route is no part of any variable.
        String info = route.isPrefix() ? match.pathInfo() : "";
        variables.put("SCRIPT_NAME", route.path());
        variables.put("PATH_INFO", info);
        variables.put("PATH_TRANSLATED", PathText.decode(info));
        if (info.isEmpty()) {
            variables.put("X_RAW_PATH_INFO", "");
        }
        variables.put("X_MATCHED_ROUTE", route.text());
        variables.put("X_COMPONENT_ROUTE", route.component());
        variables.put("X_RAW_COMPONENT_ROUTE", route.route());
        variables.put("X_BASE_PATH", route.base());
        variables.put(
                "X_FULL_URL",
                head.scheme()
                        + "://"
                        + head.authority().filter(host -> !host.isEmpty()).orElse("localhost")
                        + head.target().canonical());
        variables.put("X_CLIENT_ADDR", address(head.remote()));
        SpinRoute.named(pattern.path(), match.scriptPath())
                .forEach((name, value) ->
                        variables.put("X_PATH_MATCH_" + name.toUpperCase(Locale.ROOT), value));
    }

    private static String address(Endpoint client) {
        String host = client.address();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + client.port();
    }
}
