package dev.jetway.server.config;

import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.table.KeyValues;
import java.util.Optional;

/**
 * What holds for the whole server. Immutable.
 *
 * @param listen where requests come in
 * @param modules how modules are compiled and kept
 * @param guests what all guests together may have
 * @param http how connections and messages are handled
 * @param logs which logs are written, and where
 * @param routes limits and caps of routes
 */
public record ServerSettings(
        Listen listen, Modules modules, Guests guests, Http http, Logs logs, RouteSettings routes) {
    static ServerSettings of(KeyValues values, RouteSettings routes) {
        return new ServerSettings(
                Listen.of(values, Optional.empty()),
                Modules.of(values),
                Guests.of(values),
                Http.of(values, ErrorPages.NONE),
                Logs.of(values),
                routes);
    }

    /** What routes outside of sites have where their own tables say nothing. */
    RouteDefaults routeDefaults() {
        return RouteDefaults.outsideOfSites(routes, http.errorPages());
    }

    /** These settings with another way in. */
    public ServerSettings with(Listen other) {
        return new ServerSettings(other, modules, guests, http, logs, routes);
    }

    /** These settings with other rules for modules. */
    public ServerSettings with(Modules other) {
        return new ServerSettings(listen, other, guests, http, logs, routes);
    }

    /** These settings with other rules for guests. */
    public ServerSettings with(Guests other) {
        return new ServerSettings(listen, modules, other, http, logs, routes);
    }

    /** These settings with other rules for messages. */
    public ServerSettings with(Http other) {
        return new ServerSettings(listen, modules, guests, other, logs, routes);
    }
}
