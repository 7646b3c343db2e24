package dev.jetway.server.config;

import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.registry.RegistrySettings;
import java.util.Optional;

/**
 * Settings of the whole server. Immutable.
 *
 * @param listen addresses for requests
 * @param modules settings of compiled modules
 * @param registries settings of modules that other machines have
 * @param guests limits of all guests together
 * @param http settings of connections and messages
 * @param logs settings of logs
 * @param files settings of files
 * @param routes limits and caps of routes
 */
public record ServerSettings(
        Listen listen,
        Modules modules,
        RegistrySettings registries,
        Guests guests,
        Http http,
        Logs logs,
        FileSettings files,
        RouteSettings routes) {
    static ServerSettings of(KeyValues values, RouteSettings routes) {
        return new ServerSettings(
                Listen.of(values, Optional.empty()),
                Modules.of(values),
                Registries.of(values),
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
        return new ServerSettings(other, modules, registries, guests, http, logs, files, routes);
    }

    /** These settings with others of modules. */
    public ServerSettings with(Modules other) {
        return new ServerSettings(listen, other, registries, guests, http, logs, files, routes);
    }

    /** These settings with others of registries. */
    public ServerSettings with(RegistrySettings other) {
        return new ServerSettings(listen, modules, other, guests, http, logs, files, routes);
    }

    /** These settings with others of guests. */
    public ServerSettings with(Guests other) {
        return new ServerSettings(listen, modules, registries, other, http, logs, files, routes);
    }

    /** These settings with others of messages. */
    public ServerSettings with(Http other) {
        return new ServerSettings(listen, modules, registries, guests, other, logs, files, routes);
    }
}
