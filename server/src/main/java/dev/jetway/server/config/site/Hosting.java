package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import dev.jetway.base.TrustedWriters;
import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.script.HandlerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The provider's settings for all sites that are folders. Immutable; equal if they have the same
 * effect.
 *
 * @param patterns of folders, absolute
 * @param userHosts the hosts of users' sites; {@link dev.jetway.route.Site#ANY_HOST} for those that
 *     no site has
 * @param defaultSite the site of hosts that no site has
 * @param defaultPlan the plan of sites without one
 * @param tenantHosts the hosts that a tenant may claim
 * @param handlers run scripts
 * @param routes limits and caps
 * @param errorPages defaults of sites
 * @param files the provider's own files
 * @param writers the rule for who may write scripts, modules and settings
 * @param taken names and hosts of sites that are not folders, with their positions
 */
public record Hosting(
        List<Pattern> patterns,
        List<String> userHosts,
        Optional<String> defaultSite,
        Optional<String> defaultPlan,
        TenantHosts tenantHosts,
        List<HandlerSettings> handlers,
        RouteSettings routes,
        ErrorPages errorPages,
        ProviderFiles files,
        TrustedWriters writers,
        Taken taken) {
    /** Copies the lists. */
    public Hosting {
        patterns = List.copyOf(patterns);
        userHosts = List.copyOf(userHosts);
        handlers = List.copyOf(handlers);
    }

    /**
     * A pattern of folder names.
     *
     * @param parent their folder, absolute
     * @param shown the folder for messages
     * @param name with {@code *} and {@code ?}
     * @param userRoot the name of the document root in each, if they are folders of users
     * @param position in a file
     */
    public record Pattern(
            Path parent,
            Path shown,
            String name,
            Optional<String> userRoot,
            SourcePosition position) {}

    /**
     * The folders of the provider's files.
     *
     * @param folder of {@code jetway.toml}
     * @param shown the folder for messages
     * @param state of generated files; empty if there is no such folder
     */
    public record ProviderFiles(Path folder, String shown, Optional<Path> state) {}

    /**
     * Names and hosts of sites that are not folders.
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
