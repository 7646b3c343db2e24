package dev.jetway.server.config;

import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.table.KeyValues;
import java.util.Optional;

/**
 * Settings of the whole server. Immutable.
 *
 * @param listen addresses for requests
 * @param modules settings of compiled modules
 * @param guests limits of all guests together
 * @param http settings of connections and messages
 * @param logs settings of logs
 * @param files settings of files
 * @param routes limits and caps of routes
 */
public record ServerSettings(
        Listen listen,
        Modules modules,
        Guests guests,
        Http http,
        Logs logs,
        FileSettings files,
        RouteSettings routes) {
    static ServerSettings of(KeyValues values, RouteSettings routes) {
        return new ServerSettings(
                Listen.of(values, Optional.empty()),
                Modules.of(values),
                Guests.of(values),
                Http.of(values, ErrorPages.NONE),
                Logs.of(values),
                FileSettings.of(values),
                routes);
    }

    /** The defaults of routes outside of sites. */
    RouteDefaults routeDefaults() {
        return RouteDefaults.outsideOfSites(routes, http.errorPages());
    }

    /** These settings with other addresses. */
    public ServerSettings with(Listen other) {
        return new ServerSettings(other, modules, guests, http, logs, files, routes);
    }

    /** These settings with others of modules. */
    public ServerSettings with(Modules other) {
        return new ServerSettings(listen, other, guests, http, logs, files, routes);
    }

    /** These settings with others of guests. */
    public ServerSettings with(Guests other) {
        return new ServerSettings(listen, modules, other, http, logs, files, routes);
    }

    /** These settings with others of messages. */
    public ServerSettings with(Http other) {
        return new ServerSettings(listen, modules, guests, other, logs, files, routes);
    }
}
