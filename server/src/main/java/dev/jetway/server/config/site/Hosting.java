package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.script.HandlerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the provider says of all sites that are folders. Immutable; equal if it means the same.
 *
 * @param patterns of folders, absolute
 * @param defaultSite the site of hosts that no site has
 * @param defaultPlan the plan of sites of which nothing is said
 * @param tenantHosts which hosts a tenant may name
 * @param handlers what runs scripts
 * @param routes limits and caps
 * @param errorPages where a site says nothing
 * @param files where the provider's own files are
 * @param taken names and hosts of sites that are no folders, and where they stand
 */
public record Hosting(
        List<Pattern> patterns,
        Optional<String> defaultSite,
        Optional<String> defaultPlan,
        TenantHosts tenantHosts,
        List<HandlerSettings> handlers,
        RouteSettings routes,
        ErrorPages errorPages,
        ProviderFiles files,
        Taken taken) {
    /** Copies the lists. */
    public Hosting {
        patterns = List.copyOf(patterns);
        handlers = List.copyOf(handlers);
    }

    /**
     * Folders by their names.
     *
     * @param parent where they are, absolute
     * @param shown the same for messages
     * @param name with {@code *} and {@code ?}
     * @param position where it was written
     */
    public record Pattern(Path parent, Path shown, String name, SourcePosition position) {}

    /**
     * Where the provider's files are.
     *
     * @param folder of {@code jetway.toml}
     * @param shown the same for messages
     * @param state what the server generates; empty if there is no such folder
     */
    public record ProviderFiles(Path folder, String shown, Optional<Path> state) {}

    /**
     * What sites have that are no folders.
     *
     * @param names of sites
     * @param hosts of sites
     */
    public record Taken(Map<String, SourcePosition> names, Map<String, SourcePosition> hosts) {
        /** Copies the maps. */
        public Taken {
            names = Map.copyOf(names);
            hosts = Map.copyOf(hosts);
        }
    }
}
